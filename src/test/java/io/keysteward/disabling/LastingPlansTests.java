package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plan that is as it was is not written again, and each run still has its own.
 */
class LastingPlansTests {

	private static final String PLANS = """
			SELECT concat_ws(' ', r.run_key, a.key_id, a.decision, a.closed_gates, a.outcome, a.due_at, a.warned_at, a.final_at,
			                 a.next_notice, a.detail)
			FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
			""";

	private final Register register;

	LastingPlansTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-01-01T00:00:00Z")
			.key("lost", "2025-12-01", "2026-01-01T00:00:00Z");
	}

	@Test
	void aPlanThatIsAsItWasIsNotWrittenAgain() {
		nights(1, 6);
		assertThat(rows("dead")).containsExactly("1 only", "2-");
		List<String> written = texts("SELECT xmin::text || ctid FROM keysteward.key_action ORDER BY 1");
		nights(7, 9);
		assertThat(texts("SELECT xmin::text || ctid FROM keysteward.key_action ORDER BY 1")).isEqualTo(written);
	}

	@Test
	void aPlanEndsWithTheRunThatHasNoneForTheKey() {
		nights(1, 3);
		sql("UPDATE api_key SET status = 'disabled' WHERE id = 'lost'");
		nights(4, 5);
		sql("UPDATE api_key SET status = 'active' WHERE id = 'lost'");
		nights(6, 6);
		assertThat(rows("dead")).containsExactly("1 only", "2-");
		assertThat(rows("lost")).containsExactly("1 only", "2-4", "6-");
		assertThat(texts("SELECT r.run_id || ' ' || string_agg(a.key_id, ' ' ORDER BY a.key_id) FROM keysteward.run r"
				+ " CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a GROUP BY r.run_id ORDER BY r.run_id"))
			.containsExactly("1 dead lost", "2 dead lost", "3 dead lost", "4 dead", "5 dead", "6 dead lost");
	}

	@Test
	void aRunBetweenThatWasNarrowedHasItsOwnOnly() {
		nights(1, 3);
		run("run", "--run-key=part", "--as-of=2026-11-03T12:00:00Z", "--project=p");
		nights(4, 5);
		assertThat(rows("dead")).containsExactly("1 only", "2-", "4 only");
		assertThat(texts("SELECT a.run_id || ' ' || count(*) FROM keysteward.run r, keysteward.actions_of(r.run_id) a"
				+ " WHERE run_key = 'part' GROUP BY a.run_id"))
			.containsExactly("4 2");
	}

	@Test
	void whatHoldsAWholeSourceIsToldAnewEachNightAndMakesNoNewPlan() {
		this.register.key("alive", "2025-12-01", "2026-10-31T00:00:00Z");
		for (int night = 1; night <= 5; night++) {
			sql("UPDATE api_key SET last_used_at = '2026-11-0%dT00:00:00Z' WHERE id = 'alive'".formatted(night));
			nights(night, night);
		}
		assertThat(rows("dead")).containsExactly("1 only", "2-");
		assertThat(texts("SELECT DISTINCT detail FROM keysteward.run_hold WHERE gate = 'FRESH' AND run_id > 1"))
			.hasSize(4)
			.allMatch((hold) -> hold.startsWith("Source console was read at "));
		assertThat(texts("""
				SELECT r.run_id || ' ' || count(*)
				FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
				JOIN keysteward.run_hold h ON h.run_id = r.run_id AND h.gate = 'FRESH'
				WHERE a.detail LIKE '%' || h.detail || '%' GROUP BY r.run_id ORDER BY r.run_id
				""")).containsExactly("1 2", "2 2", "3 2", "4 2", "5 2");
	}

	@Test
	void aRunThatPlansAgainReplacesWhatItHasPlannedAndNothingElse() {
		nights(1, 3);
		List<String> before = texts(PLANS + "ORDER BY 1");
		sql("UPDATE api_key SET status = 'disabled' WHERE id = 'lost'");
		endsBeforeItsReport("2026-11-04", "");
		assertThat(rows("lost")).containsExactly("1 only", "2-4");
		sql("UPDATE api_key SET status = 'active' WHERE id = 'lost'");
		this.register.set("keysteward.policy.idle.warn", "31d");
		endsBeforeItsReport("2026-11-04", "");
		assertThat(rows("lost")).containsExactly("1 only", "2-4", "4 only");
		assertThat(texts(PLANS + "WHERE r.run_id < 4 ORDER BY 1")).isEqualTo(before);
		this.register.unset("keysteward.policy.idle.warn");
		run("run", "--run-key=2026-11-04");
		assertThat(rows("lost")).containsExactly("1 only", "2-");
		assertThat(rows("dead")).containsExactly("1 only", "2-");
		assertThat(texts(PLANS + "WHERE r.run_id < 4 ORDER BY 1")).isEqualTo(before);
		assertThat(texts("SELECT key_id FROM keysteward.actions_of(4) ORDER BY 1")).containsExactly("dead", "lost");
	}

	@Test
	void aRunThatIsContinuedAfterALaterOneLeavesThatOneItsPlans() {
		nights(1, 3);
		this.register.key("late", "2025-12-01", "2026-01-01T00:00:00Z");
		endsBeforeItsReport("2026-11-04", "T03:00:00Z");
		run("run", "--run-key=later", "--as-of=2026-11-04T02:00:00Z");
		assertThat(this.register.execute("run", "--run-key=2026-11-04")).isEqualTo(6);
		assertThat(this.register.err()).contains("run 2026-11-04 was overtaken by run later");
		run("runs", "--set-aside=later", "--reason=Too early.");
		List<String> later = texts(PLANS + "WHERE r.run_key = 'later' ORDER BY 1");
		assertThat(later).hasSize(3);
		sql("UPDATE api_key SET last_used_at = '2026-11-03Z' WHERE id = 'lost'");
		// Under another policy it reads and plans again.
		this.register.set("keysteward.policy.idle.warn", "31d");
		run("run", "--run-key=2026-11-04");
		assertThat(texts(PLANS + "WHERE r.run_key = 'later' ORDER BY 1")).isEqualTo(later);
		assertThat(
				texts("SELECT key_id || coalesce(until_run, 0) FROM keysteward.key_action WHERE run_id = 4 ORDER BY 1"))
			.containsExactly("dead0", "late0");
		nights(6, 6);
		assertThat(texts(PLANS + "WHERE r.run_key = 'later' ORDER BY 1")).isEqualTo(later);
		assertThat(texts("SELECT key_id FROM keysteward.actions_of(6) ORDER BY 1")).containsExactly("dead", "late");
	}

	@Test
	void aPlanLastsLongerThanTheRunThatMadeIt() {
		this.register.set("keysteward.inventory.keep", "2d");
		nights(1, 3);
		sql("UPDATE api_key SET status = 'disabled' WHERE id = 'lost'");
		nights(4, 5);
		assertThat(rows("dead")).containsExactly("2-");
		assertThat(rows("lost")).containsExactly("2-4");
		nights(6, 7);
		assertThat(rows("dead")).containsExactly("2-");
		assertThat(rows("lost")).isEmpty();
		assertThat(texts("SELECT key_id FROM keysteward.actions_of(7)")).containsExactly("dead");
	}

	@Test
	void whatAnEarlierVersionHasMergedIsStillTold() {
		nights(1, 3);
		this.register.governance().sql("""
				UPDATE keysteward.key_action SET run_id = 3, since_run = 2, until_run = NULL WHERE run_id = 2;
				UPDATE keysteward.run SET shares_plans = (run_id = 2)
				""").update();
		List<String> before = texts(PLANS + "ORDER BY 1");
		assertThat(before).hasSize(6);
		nights(4, 5);
		assertThat(texts(PLANS + "WHERE r.run_id < 4 ORDER BY 1")).isEqualTo(before);
		assertThat(rows("dead")).containsExactly("1 only", "3 only", "4-");
	}

	private void nights(int from, int to) {
		for (int night = from; night <= to; night++) {
			run("run", "--as-of=2026-11-%02d".formatted(night));
		}
	}

	private void run(String... command) {
		assertThat(this.register.execute(command)).as(this.register.err()).isZero();
	}

	private void endsBeforeItsReport(String day, String time) {
		this.register.governance().sql("""
				CREATE FUNCTION keysteward.no_report() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN RAISE EXCEPTION ''no report''; END';
				CREATE TRIGGER no_report BEFORE INSERT OR UPDATE ON keysteward.run_report
				FOR EACH ROW EXECUTE FUNCTION keysteward.no_report()
				""").update();
		assertThat(this.register.execute("run", "--run-key=" + day, "--as-of=" + day + time)).isNotZero();
		this.register.governance()
			.sql("DROP TRIGGER no_report ON keysteward.run_report; DROP FUNCTION keysteward.no_report()")
			.update();
	}

	private void sql(String change) {
		this.register.keys().sql(change).update();
	}

	/** The rows of a key, as {@code from-until}. */
	private List<String> rows(String key) {
		return texts("""
				SELECT run_id || CASE WHEN until_run IS NULL THEN ' only'
				                      ELSE '-' || coalesce(nullif(until_run, 9223372036854775807)::text, '') END
				FROM keysteward.key_action WHERE key_id = '%s' ORDER BY run_id
				""".formatted(key));
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
