package io.keysteward.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.insight.ForecastKey;
import io.keysteward.insight.ForecastNight;
import io.keysteward.insight.ForecastStep;
import io.keysteward.key.KeyId;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what rehearsed nights have stored in the copy.
 */
final class NightReader {

	private static final String NOBODY = "nobody";

	private final JdbcClient jdbc;

	NightReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return what a night did}
	 * @param holds the gates that were closed for the whole night or a source
	 */
	ForecastNight night(Run run, List<RunHold> holds) {
		LocalDate day = UtcDay.day(run.asOf());
		List<ForecastStep> steps = this.jdbc
			.sql("""
					WITH warned AS NOT MATERIALIZED (
					  SELECT n.run_id, n.kind, k.source, k.key_id, string_agg(n.recipient, ', ' ORDER BY n.notice_id) AS recipients,
					         max(n.notice_id) AS last
					  FROM keysteward_rehearsal.notice n JOIN keysteward_rehearsal.notice_key k USING (notice_id)
					  WHERE n.status = 'SENT' AND n.kind IN ('WARNING', 'FINAL')
					    AND (n.channel IS NULL OR n.recipient LIKE 'answering-channel:%')
					  GROUP BY n.run_id, n.kind, k.source, k.key_id)
					SELECT kind AS step, source, key_id, recipients FROM warned WHERE run_id = :run
					UNION ALL
					SELECT a.outcome, a.source, a.key_id,
					       (SELECT w.recipients FROM warned w WHERE w.source = a.source AND w.key_id = a.key_id
					        ORDER BY w.run_id DESC, w.last DESC LIMIT 1)
					FROM keysteward_rehearsal.key_action a
					WHERE a.run_id = :run AND a.action = 'DISABLE' AND a.outcome = 'DISABLED'
					ORDER BY source, key_id
					""")
			.param("run", run.id())
			.query((row, number) -> step(day, row))
			.list();
		long mails = count("notice WHERE run_id = :run AND status = 'SENT' AND kind <> 'REPORT' AND channel IS NULL",
				run);
		long overBound = count("actions_of(:run) WHERE held_by = 'BREAKER'", run);
		return new ForecastNight(day, run.asOf(), steps, mails, overBound, holds);
	}

	/**
	 * {@return every key of the nights, and every key that is idle or orphaned after
	 * them}
	 */
	List<ForecastKey> keys(List<ForecastNight> nights, Run last) {
		Map<KeyId, List<ForecastStep>> steps = new HashMap<>();
		nights.forEach((night) -> night.steps()
			.forEach((step) -> steps.computeIfAbsent(step.key(), (unknown) -> new ArrayList<>()).add(step)));
		Map<KeyId, String> waiting = waiting(last);
		Set<KeyId> named = new HashSet<>(steps.keySet());
		named.addAll(waiting.keySet());
		return this.jdbc.sql("""
				SELECT source, key_id, name, masked_key, coalesce(project_name, project_id) AS project,
				       coalesce(owner_name, owner_id) AS owner
				FROM keysteward_rehearsal.rehearsed_key
				WHERE (source, key_id) IN (SELECT * FROM unnest(:sources::text[], :keys::text[]))
				ORDER BY source, key_id
				""")
			.param("sources", named.stream().map(KeyId::source).toArray(String[]::new))
			.param("keys", named.stream().map(KeyId::id).toArray(String[]::new))
			.query((row, number) -> {
				KeyId key = new KeyId(row.getString("source"), row.getString("key_id"));
				List<ForecastStep> own = steps.getOrDefault(key, List.of());
				return new ForecastKey(key, row.getString("name"), row.getString("masked_key"),
						row.getString("project"), row.getString("owner"), own, end(own, waiting.get(key)));
			})
			.list();
	}

	private Map<KeyId, String> waiting(Run last) {
		Map<KeyId, String> waiting = new HashMap<>();
		this.jdbc.sql("""
				SELECT source, key_id, held_by, detail, outcome FROM keysteward_rehearsal.actions_of(:run)
				WHERE action = 'DISABLE' AND outcome IS DISTINCT FROM 'DISABLED'
				""").param("run", last.id()).query((row) -> {
			waiting.put(new KeyId(row.getString("source"), row.getString("key_id")),
					held(row.getString("held_by"), row.getString("detail")));
		});
		return waiting;
	}

	private static String held(@Nullable String gate, @Nullable String detail) {
		if (gate == null) {
			return "due, and not disabled: " + Objects.requireNonNullElse(detail, "disabling is not armed yet");
		}
		String first = Objects.requireNonNullElse(detail, "").lines().findFirst().orElse("");
		return "held by " + Gate.valueOf(gate) + ": " + first;
	}

	private static String end(List<ForecastStep> steps, @Nullable String waiting) {
		if (waiting != null) {
			return waiting;
		}
		boolean disabled = !steps.isEmpty() && steps.get(steps.size() - 1).kind() == ForecastStep.Kind.DISABLED;
		return disabled ? "disabled" : "no longer idle or orphaned";
	}

	private static ForecastStep step(LocalDate day, ResultSet row) throws SQLException {
		return new ForecastStep(day, ForecastStep.Kind.valueOf(row.getString("step")),
				new KeyId(row.getString("source"), row.getString("key_id")),
				Objects.requireNonNullElse(row.getString("recipients"), NOBODY));
	}

	private long count(String what, Run run) {
		return this.jdbc.sql("SELECT count(*) FROM keysteward_rehearsal." + what)
			.param("run", run.id())
			.query(Long.class)
			.single();
	}

}
