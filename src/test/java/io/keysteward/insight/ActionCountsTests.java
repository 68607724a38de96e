package io.keysteward.insight;

import java.sql.Types;
import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.run.Gate;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.GateTotals;
import io.keysteward.run.Totals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class ActionCountsTests {

	private final JdbcClient jdbc = TestDatabase.migrated().jdbc();

	private final JsonMapper json = JsonMapper.builder().build();

	@BeforeEach
	void store() {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.run (run_id, run_key, as_of, mode, trigger, requested_by, policy_sha256, policy,
					                            sources, narrowed, status)
					OVERRIDING SYSTEM VALUE
					SELECT id, id, now(), 'DISABLE', '', '', '', '{}', '{s}', false, 'COMPLETE' FROM unnest(ARRAY[1, 2]) AS id
					""")
			.update();
	}

	@Test
	void everyKeyIsCountedOnceByWhatBecameOfIt() {
		due("DISABLED", 3);
		due("WOULD_DISABLE", 4);
		due("SKIPPED_CHANGED", 1);
		due("FAILED", 2);
		due(null, 5);
		held("NOTICE", 7);
		held("LEVEL", 6);
		held("FUTURE_GATE", 1);
		ActionTotals totals = new ActionCounts(this.jdbc).count(1);
		assertThat(totals).isEqualTo(new ActionTotals(3, 4, 1, 2, 5, 14, List.of(new GateTotals(Gate.LEVEL, 6),
				new GateTotals(Gate.NOTICE, 7), new GateTotals("FUTURE_GATE", 1))));
		assertThat(totals.planned()).isEqualTo(29);
	}

	@Test
	void otherRunsAndWhatWasRestoredIsNoPartOfIt() {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					VALUES (1, 's', 'k', 'RESTORE', 'DUE', 'FAILED', now(), now()),
					       (2, 's', 'k', 'DISABLE', 'DUE', 'DISABLED', now(), now())
					""")
			.update();
		assertThat(new ActionCounts(this.jdbc).count(1)).isEqualTo(ActionTotals.NONE);
	}

	@Test
	void countsAreTheSameAfterTheyWereStored() {
		due("DISABLED", 2);
		held("NOTICE", 7);
		held("EXEMPT", 6);
		Totals totals = new Totals(List.of(), List.of(), 1, 2, 3, 4, 5L, new ActionCounts(this.jdbc).count(1));
		String stored = this.jdbc.sql("SELECT :json::jsonb::text")
			.param("json", this.json.writeValueAsString(totals))
			.query(String.class)
			.single();
		assertThat(this.json.readValue(stored, Totals.class)).isEqualTo(totals);
	}

	@Test
	void totalsFromBeforeAnythingWasDisabledCanBeRead() {
		assertThat(this.json.readValue("""
				{"sources": [], "findings": [], "flaggedKeys": 1, "newFindings": 2, "worseFindings": 3,
				 "resolvedFindings": 4}
				""", Totals.class)).isEqualTo(new Totals(List.of(), List.of(), 1, 2, 3, 4));
	}

	private void due(@Nullable String outcome, int keys) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					SELECT 1, 's', concat(:outcome::text, id), 'DISABLE', 'DUE', :outcome,
					       CASE WHEN :outcome::text IS NULL OR :outcome <> 'WOULD_DISABLE' THEN now() END,
					       CASE WHEN :outcome <> 'WOULD_DISABLE' THEN now() END
					FROM generate_series(1, :keys) AS id
					""")
			.param("outcome", outcome, Types.VARCHAR)
			.param("keys", keys)
			.update();
	}

	private void held(String gate, int keys) {
		this.jdbc.sql("""
				INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates)
				SELECT 1, 's', :gate || id, 'DISABLE', 'HELD', :gate, ARRAY[:gate, 'WINDOW']
				FROM generate_series(1, :keys) AS id
				""").param("gate", gate).param("keys", keys).update();
	}

}
