package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plan that is as it was is stored once, and each run still has its own.
 */
class PastPlansTests {

	private final Register register;

	PastPlansTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-01-01T00:00:00Z")
			.key("lost", "2025-12-01", "2026-01-01T00:00:00Z");
	}

	@Test
	void aPlanThatDidNotChangeIsStoredOnceForTheRunsThatNobodyPlansAgain() {
		nights(1, 12);
		assertThat(plans("dead")).containsExactly("1", "11 2", "12");
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'lost'").update();
		nights(13, 15);
		assertThat(plans("dead")).containsExactly("1", "14 2", "15");
		assertThat(plans("lost")).containsExactly("1", "12 2");
	}

	@Test
	void eachRunHasThePlanThatItMade() {
		nights(1, 12);
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'lost'").update();
		nights(13, 15);
		assertThat(
				texts("""
						SELECT r.run_id || ' ' || string_agg(a.key_id, ' ' ORDER BY a.key_id)
						FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a GROUP BY r.run_id ORDER BY r.run_id
						"""))
			.hasSize(15)
			.contains("1 dead lost", "7 dead lost", "12 dead lost", "13 dead", "15 dead");
	}

	@Test
	void aRunBetweenThatWasNarrowedHasItsOwnOnly() {
		nights(1, 8);
		assertThat(this.register.execute("run", "--run-key=part", "--as-of=2026-11-08T12:00:00Z", "--project=p"))
			.as(this.register.err())
			.isZero();
		nights(9, 12);
		String of = "SELECT a.run_id || ' ' || count(*) FROM keysteward.run r, keysteward.actions_of(r.run_id) a WHERE ";
		assertThat(texts(of + "run_key = 'part' GROUP BY a.run_id")).containsExactly("9 2");
		assertThat(texts("SELECT DISTINCT count(*) FROM keysteward.run r, keysteward.actions_of(r.run_id)"
				+ " WHERE NOT r.narrowed GROUP BY r.run_id"))
			.containsExactly("2");
	}

	@Test
	void whatHoldsAWholeSourceIsToldAnewEachNightAndMakesNoNewPlan() {
		this.register.key("alive", "2025-12-01", "2026-10-31T00:00:00Z");
		for (int night = 1; night <= 5; night++) {
			this.register.keys()
				.sql("UPDATE api_key SET last_used_at = :used::timestamptz WHERE id = 'alive'")
				.param("used", "2026-11-0%dT00:00:00Z".formatted(night))
				.update();
			nights(night, night);
		}
		assertThat(plans("dead")).containsExactly("1", "4 2", "5");
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

	private void nights(int from, int to) {
		for (int night = from; night <= to; night++) {
			assertThat(this.register.execute("run", "--as-of=2026-11-%02d".formatted(night))).as(this.register.err())
				.isZero();
		}
	}

	private List<String> plans(String key) {
		return texts("SELECT concat_ws(' ', run_id, since_run) FROM keysteward.key_action WHERE key_id = '" + key
				+ "' ORDER BY run_id");
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
