package io.keysteward.job;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs that keep flagged keys only: what is stored is less, and what is said is as
 * true.
 */
class FlaggedRunTests {

	private static final String KEEP = "keysteward.inventory.keep";

	private final Register register;

	FlaggedRunTests(@TempDir Path directory) {
		this.register = new Register(directory).set(KEEP, "flagged");
	}

	@Test
	void onlyKeysOfWhichThereIsSomethingToSayAreStored() {
		everyKind();
		assertThat(run("2026-11-01")).isZero();
		assertThat(snapshot("2026-11-01")).containsExactly("dead JUDGED {IDLE}", "future DATA_ERROR {}",
				"later DATA_ERROR {}");
		assertThat(texts("SELECT keeps FROM keysteward.run")).containsExactly("FLAGGED");
	}

	@Test
	void whatIsCountedIsWhatARunCountsThatKeepsAll() {
		everyKind();
		assertThat(run("2026-11-01")).isZero();
		this.register.set(KEEP, "all");
		assertThat(this.register.execute("run", "--as-of=2026-11-01", "--run-key=all")).isZero();
		assertThat(snapshot("all")).hasSize(6);
		assertThat(texts("SELECT DISTINCT ((totals -> 'sources' -> 0) - 'kept')::text FROM keysteward.run"))
			.singleElement()
			.asString()
			.contains("\"read\": 6", "\"judged\": 2", "\"dataErrors\": 2", "\"notGoverned\": 1", "\"notActive\": 1",
					"\"flagged\": 1");
		assertThat(texts("""
				SELECT DISTINCT concat_ws(' ', active_keys, unknown_keys, newest_use AT TIME ZONE 'UTC')
				FROM keysteward.run_source
				""")).containsExactly("5 0 2026-10-31 11:00:00");
	}

	/** As many as one transaction takes: the reader's end comes in one without rows. */
	@Test
	void keysThatFillTheirTransactionsAreAllCounted() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
		this.register.keys()
			.sql("""
					INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
					SELECT 'k' || i, 'service ' || i, 'sk-a****9xQ2', 'p', 'u', '2026-10-01Z', '2026-10-31Z' FROM generate_series(1, 9999) i
					""")
			.update();
		assertThat(run("2026-11-01")).isZero();
		assertThat(texts("SELECT concat_ws(' ', read_rows, judged_rows, stored_rows) FROM keysteward.run_source"))
			.containsExactly("10000 10000 1");
	}

	@Test
	void aKeyWhoseFindingIsOpenIsStoredUntilItIsSeenHowItEnded() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		assertThat(run("2026-11-01")).isZero();
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2026-11-01Z' WHERE id = 'dead'").update();
		assertThat(run("2026-11-02")).isZero();
		assertThat(texts("SELECT resolution FROM keysteward.finding")).containsExactly("USED_AGAIN");
		assertThat(snapshot("2026-11-02")).containsExactly("dead JUDGED {}");
		assertThat(run("2026-11-03")).isZero();
		assertThat(snapshot("2026-11-03")).isEmpty();
	}

	@Test
	void aKeyThatIsGoneIsGone() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		assertThat(run("2026-11-01")).isZero();
		this.register.keys().sql("DELETE FROM api_key WHERE id = 'dead'").update();
		assertThat(run("2026-11-02")).isZero();
		assertThat(texts("SELECT resolution FROM keysteward.finding")).containsExactly("GONE");
	}

	/** The night of the 2nd finds the key idle, the one of the 1st goes on after it. */
	@ParameterizedTest
	@ValueSource(strings = { "all", "flagged" })
	void aKeyThatAnotherRunHasFlaggedMeanwhileIsNotGone(String keep) {
		this.register.set(KEEP, keep).key("k", "2025-12-01", "2026-09-14T12:00:00Z");
		TestDatabase payments = TestDatabase.empty();
		this.register.source(1, "payments", payments);
		assertThat(run("2026-10-30")).isNotZero();
		assertThat(texts("SELECT rule FROM keysteward.finding")).isEmpty();
		assertThat(run("2026-11-02")).isNotZero();
		assertThat(texts("SELECT status FROM keysteward.finding")).containsExactly("OPEN");
		Register.create(payments);
		this.register.source(1, "payments", payments);
		assertThat(run("2026-10-30")).as(this.register.err()).isZero();
		assertThat(texts("SELECT resolution FROM keysteward.finding")).containsExactly("NO_LONGER_TRUE");
	}

	@Test
	void whereNoOtherRunWasUnderWayWhatIsReadStaysRead() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		this.register.mail(1);
		assertThat(run("2026-11-01")).isEqualTo(1);
		this.register.set("spring.mail.host", "").keys().sql("DROP TABLE project").update();
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
	}

	@Test
	void aRunThatWasKilledWhileItReadStartsToCountAnew() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		this.register.mail(1);
		assertThat(run("2026-11-01")).isEqualTo(1);
		this.register.governance().sql("""
				UPDATE keysteward.run SET status = 'RUNNING', totals = NULL;
				UPDATE keysteward.run_source SET status = 'PENDING'
				""").update();
		this.register.set("spring.mail.host", "").key("dead-too", "2025-12-01", "2026-07-01T00:00:00Z");
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(snapshot("2026-11-01")).containsExactly("dead JUDGED {IDLE}", "dead-too JUDGED {IDLE}");
		assertThat(texts("SELECT concat_ws(' ', read_rows, judged_rows, flagged_rows) FROM keysteward.run_source"))
			.containsExactly("3 3 2");
	}

	@Test
	void aRunThatIsContinuedUnderAnotherSettingGoesOnAsItWasOpened() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		this.register.source(1, "payments", TestDatabase.empty());
		assertThat(run("2026-11-01")).isNotZero();
		TestDatabase payments = TestDatabase.empty();
		Register.create(payments);
		this.register.source(1, "payments", payments).set(KEEP, "all");
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(texts("SELECT keeps FROM keysteward.run")).containsExactly("FLAGGED");
		assertThat(snapshot("2026-11-01")).containsExactly("dead JUDGED {IDLE}");
	}

	@Test
	void aRowThatIsLostFailsTheRunAndSaysHowManyThereShouldBe() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").key("busy", "2025-12-01", "2026-10-31Z");
		this.register.loseRows();
		assertThat(run("2026-11-01")).isEqualTo(6);
		assertThat(this.register.err()).contains("the reader counted 2 rows and gave 1 to be stored, 1 flagged and 0"
				+ " data errors, key_snapshot holds 0, 0 and 0");
		assertThat(this.register.reports()).doesNotExist();
	}

	@Test
	void aRowThatWasChangedFailsTheRunThoughTheirNumberIsRight() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
		this.register.governance().sql("""
				CREATE FUNCTION keysteward.whiten() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN NEW.findings := ''{}''; NEW.violation_at := ''{}''; NEW.grace_days := ''{}'';
					 NEW.exempted_by := ''{}''; RETURN NEW; END';
				CREATE TRIGGER whiten BEFORE INSERT ON keysteward.key_snapshot FOR EACH ROW
				EXECUTE FUNCTION keysteward.whiten()
				""").update();
		assertThat(run("2026-11-01")).as(this.register.err()).isEqualTo(6);
		assertThat(this.register.err()).contains("key_snapshot holds 1, 0 and 0");
	}

	/** Of rows that are not stored no index can say so: of the two one may be in use. */
	@Test
	void aKeyThatComesTwiceIsNamedThoughOneOfItsRowsIsNotStored() {
		this.register.keys().sql("ALTER TABLE api_key DROP CONSTRAINT api_key_pkey CASCADE").update();
		this.register.key("k", "2025-12-01", "2026-07-01T00:00:00Z").key("k", "2025-12-01", "2026-10-31Z");
		assertThat(run("2026-11-01")).isEqualTo(2);
		assertThat(this.register.err()).contains("source 'console': key_id 'k' comes more than once").hasLineCount(1);
	}

	private void everyKind() {
		this.register.key("busy", "2025-12-01", "2026-10-31T11:00:00Z")
			.key("dead", "2025-12-01", "2026-07-01T00:00:00Z")
			.key("off", "2026-10-01", null)
			.key("robot", "2026-10-01", null)
			.key("future", "2126-12-01", null)
			.key("later", "2026-10-01", "2126-12-01Z");
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'off'").update();
		this.register.keys().sql("UPDATE api_key SET kind = 'robot' WHERE id = 'robot'").update();
	}

	private int run(String day) {
		return this.register.execute("run", "--as-of=" + day);
	}

	private List<String> snapshot(String runKey) {
		return texts("""
				SELECT concat_ws(' ', key_id, judgement, findings) FROM keysteward.key_snapshot
				JOIN keysteward.run USING (run_id) WHERE run_key = '%s' ORDER BY key_id
				""".formatted(runKey));
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
