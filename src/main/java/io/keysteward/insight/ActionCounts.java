package io.keysteward.insight;

import java.util.Arrays;
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
 * Counts what a run decided and did, from the stored rows.
 */
@Repository
public class ActionCounts {

	private final JdbcClient jdbc;

	ActionCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the run's keys by what became of them, each counted once}
	 * @param runId the run; what was restored is no part of it
	 */
	public ActionTotals of(long runId) {
		List<GateTotals> heldBy = heldBy(runId);
		return this.jdbc.sql("""
				SELECT count(*) FILTER (WHERE outcome = 'DISABLED') AS disabled,
				       count(*) FILTER (WHERE outcome = 'WOULD_DISABLE') AS would_disable,
				       count(*) FILTER (WHERE outcome = 'SKIPPED_CHANGED') AS skipped_changed,
				       count(*) FILTER (WHERE outcome = 'FAILED') AS failed,
				       count(*) FILTER (WHERE outcome IS NULL AND decision = 'DUE' AND failure IS NULL) AS unsettled,
				       count(*) FILTER (WHERE outcome IS NULL AND failure = 'MAY_PASS') AS postponed,
				       count(*) FILTER (WHERE decision = 'HELD') AS held
				FROM keysteward.key_action WHERE run_id = :run AND action = 'DISABLE'
				""")
			.param("run", runId)
			.query((row, number) -> new ActionTotals(row.getLong("disabled"), row.getLong("would_disable"),
					row.getLong("skipped_changed"), row.getLong("failed"), row.getLong("unsettled"),
					row.getLong("held"), heldBy, row.getLong("postponed")))
			.single();
	}

	/**
	 * {@return how many keys a run has begun to disable and are not known to be on: those
	 * that are off and not restored, and those of which it is not known}
	 */
	public long switched(long runId) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND intended_at IS NOT NULL
				  AND (outcome IS NULL OR outcome = 'DISABLED' AND restored_by_run IS NULL)
				""").param("run", runId).query(Long.class).single();
	}

	/** A gate that this version does not know comes last, and is counted. */
	private List<GateTotals> heldBy(long runId) {
		Map<String, Long> counted = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT held_by, count(*) AS keys FROM keysteward.key_action
				WHERE run_id = :run AND action = 'DISABLE' AND decision = 'HELD'
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
