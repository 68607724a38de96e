package io.keysteward.insight;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.run.Gate;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.GateTotals;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts a run's decisions and actions from the stored rows.
 */
@Repository
public class ActionCounts {

	private final JdbcClient jdbc;

	ActionCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the run's keys by outcome, each counted once}
	 * @param runId the run; restores do not count
	 */
	public ActionTotals count(long runId) {
		Map<ActionState, Long> keys = new EnumMap<>(ActionState.class);
		this.jdbc.sql("SELECT " + ActionState.OF_DISABLING + """
				AS state, count(*) AS keys
				FROM keysteward.actions_of(:run) a WHERE a.action = 'DISABLE' GROUP BY state
				""")
			.param("run", runId)
			.query((RowCallbackHandler) (row) -> keys.put(ActionState.valueOf(row.getString("state")),
					row.getLong("keys")));
		return new ActionTotals(count(keys, ActionState.DISABLED), count(keys, ActionState.WOULD_DISABLE),
				count(keys, ActionState.SKIPPED_CHANGED), count(keys, ActionState.FAILED),
				count(keys, ActionState.NOT_DONE) + count(keys, ActionState.NOT_KNOWN), count(keys, ActionState.HELD),
				heldBy(runId), count(keys, ActionState.NOT_YET));
	}

	private static long count(Map<ActionState, Long> keys, ActionState state) {
		return keys.getOrDefault(state, 0L);
	}

	/**
	 * {@return the number of keys that a run has begun to disable and that may be off:
	 * those disabled and not restored, and those without outcome}
	 */
	public long switched(long runId) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND intended_at IS NOT NULL
				  AND (outcome IS NULL OR outcome = 'DISABLED' AND restored_by_run IS NULL)
				""").param("run", runId).query(Long.class).single();
	}

	/** Counts gates that this version does not know too, and puts them last. */
	private List<GateTotals> heldBy(long runId) {
		Map<String, Long> counted = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT held_by, count(*) AS keys FROM keysteward.actions_of(:run)
				WHERE action = 'DISABLE' AND decision = 'HELD'
				GROUP BY held_by ORDER BY held_by COLLATE "C"
				""")
			.param("run", runId)
			.query((RowCallbackHandler) (row) -> counted.put(row.getString("held_by"), row.getLong("keys")));
		return Stream.concat(Arrays.stream(Gate.values()).map(Gate::name), counted.keySet().stream())
			.distinct()
			.filter(counted::containsKey)
			.map((gate) -> new GateTotals(gate, counted.getOrDefault(gate, 0L)))
			.toList();
	}

}
