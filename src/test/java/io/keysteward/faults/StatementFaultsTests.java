package io.keysteward.faults;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server ends a statement: it took too long, waited too long for somebody else, or
 * each waited for the other.
 */
@ExtendWith(OutputCaptureExtension.class)
class StatementFaultsTests {

	private static final String INIT = "spring.datasource.hikari.connection-init-sql";

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
		night.register.set("keysteward.sources[0].statement-timeout", "4s");
		for (String role : List.of("wired_app", "wired_disabler")) {
			night.register.governance().sql("ALTER ROLE " + role + " SET deadlock_timeout = '3s'").update();
		}
	}

	@BeforeEach
	void evening() throws IOException {
		night.begin();
	}

	@AfterEach
	void nothingUnforeseen(CapturedOutput output) {
		night.register.set(INIT, "");
		OperatorMessage.noStackTrace(output);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					statement_timeout | the governance database was too slow: canceling statement due to statement timeout; see what else it is doing, or allow more time
					lock_timeout      | somebody else holds what this run needs in the governance database: canceling statement due to lock timeout; end that session
					""")
	void whatWaitsTooLongIsCancelledAndTheNextStartFinishes(String setting, String line) throws Exception {
		night.register.set(INIT, "SET " + setting + " = '3s'");
		try (LockHolder rival = new LockHolder(night.register.governanceDatabase())) {
			rival.does("LOCK TABLE keysteward.finding_row IN SHARE ROW EXCLUSIVE MODE");
			assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		}
		OperatorMessage.oneLine(night.register.err())
			.contains("spring.datasource.url: " + line)
			.contains("then start again");
		finishes();
	}

	@ParameterizedTest
	@CsvSource({ "CREATE TEMPORARY TABLE today, finding_row, finding_event",
			"DELETE FROM keysteward.run_hold WHERE run_id = $1 AND gate <>, key_action, run_hold" })
	void whoeverIsEndedInADeadlockStartsAgain(String statement, String needed, String held) throws Exception {
		try (LockHolder rival = new LockHolder(night.register.governanceDatabase())) {
			night.governance.when(false, () -> {
				rival.does("LOCK TABLE keysteward." + needed + " IN SHARE ROW EXCLUSIVE MODE");
				rival.doesWhenWaitedFor("LOCK TABLE keysteward." + held + " IN SHARE ROW EXCLUSIVE MODE");
			}, statement);
			assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		}
		OperatorMessage.oneLine(night.register.err())
			.contains("spring.datasource.url: somebody else holds what this run needs in the governance database:"
					+ " deadlock detected");
		finishes();
	}

	@Test
	void aSourceThatTakesTooLongForOneKeyKeepsNoOtherFromBeingDisabled() {
		night.register.keys().sql("""
				CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
				CREATE TRIGGER dawdle BEFORE UPDATE ON api_key FOR EACH ROW
				WHEN (NEW.id = 'dead-1' AND NEW.status = 'disabled') EXECUTE FUNCTION dawdle()
				""").update();
		leftAlone("canceling statement due to statement timeout");
	}

	@Test
	void aDeadlockInASourceHarmsNoOtherKey() throws Exception {
		try (LockHolder rival = new LockHolder(night.register.keysDatabase())) {
			night.governance.when(false, () -> {
				rival.does("LOCK TABLE switched IN SHARE ROW EXCLUSIVE MODE");
				rival.doesWhenWaitedFor("UPDATE api_key SET name = 'theirs' WHERE id = 'dead-1'");
				// Once the run has given way to it, the rival lets go.
				night.governance.when(false, rival::close, "SET outcome =");
			}, "SET intended_at =");
			leftAlone("deadlock detected (See server log for query details)");
		}
	}

	private static void leftAlone(String why) {
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		OperatorMessage.oneLine(night.register.err()).contains("1 of 3 due keys could not be disabled yet: ");
		assertThat(night.governance("""
				SELECT concat_ws(' ', key_id, outcome, a.detail) FROM keysteward.key_action a
				JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight' AND decision = 'DUE'""")).containsExactly(
				"dead-1 source 'console': config/sources/api-key-records/disable.sql: " + why + "; start the run again",
				"dead-2 DISABLED", "dead-3 DISABLED");
		assertThat(night.left().get("keys")).contains("dead-1 active", "dead-2 disabled", "dead-3 disabled");
	}

	private static void finishes() throws Exception {
		night.register.set(INIT, "");
		assertThat(night.again()).as(night.register.err()).isZero();
		night.isAsUndisturbed();
	}

}
