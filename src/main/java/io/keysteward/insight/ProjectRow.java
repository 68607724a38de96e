package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.run.PolicyDocument;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the keys of a project; exempt findings are left out, as in the control
 * totals. Text is untrusted.
 *
 * @param source the source's id
 * @param projectId the project's id; null: keys without one
 * @param name what people call it
 * @param state its state in its source
 * @param findings its open findings by rule
 * @param all facts about all keys
 */
public record ProjectRow(String source, @Nullable String projectId, @Nullable String name, @Nullable String state,
		Findings findings, AllKeys all) {

	private static final String ALL = """
			WITH project AS (
			  SELECT source, project_id, max(project_name) AS name, max(project_state) AS state, count(*) AS keys,
			         count(*) FILTER (WHERE status = 'ACTIVE') AS active,
			         count(*) FILTER (WHERE 'IDLE' = ANY (open)) AS idle,
			         count(*) FILTER (WHERE 'UNNAMED' = ANY (open)) AS unnamed,
			         count(*) FILTER (WHERE 'ORPHANED' = ANY (open)) AS orphaned,
			         count(*) FILTER (WHERE 'AGED' = ANY (open)) AS aged,
			         count(*) FILTER (WHERE status = 'ACTIVE' AND usage = 'NEVER_USED') AS never_used,
			         min(created_at) FILTER (WHERE status = 'ACTIVE' AND judgement <> 'DATA_ERROR') AS oldest,
			         max(coalesce(known_use, last_used_at)) FILTER (WHERE judgement <> 'DATA_ERROR') AS last_use
			  FROM (SELECT *, CASE WHEN judgement <> 'JUDGED' THEN '{}' WHEN exemption IS NULL THEN findings
			                       ELSE ARRAY(SELECT f.rule FROM unnest(findings, exempted_by) AS f (rule, exemption)
			                                  WHERE f.exemption IS NULL) END AS open
			        FROM keysteward.key_snapshot WHERE run_id = :run) k
			  GROUP BY source, project_id),
			twice AS (
			  SELECT source, project_id, count(*) AS names
			  FROM (SELECT source, project_id FROM keysteward.key_snapshot
			        WHERE run_id = :run AND status = 'ACTIVE' AND project_id IS NOT NULL AND btrim(name) <> ''
			        GROUP BY source, project_id, lower(btrim(name)) HAVING count(*) > 1) n
			  GROUP BY source, project_id)
			SELECT p.*, coalesce(t.names, 0) AS names_twice
			FROM project p LEFT JOIN twice t ON t.source = p.source AND t.project_id = p.project_id
			ORDER BY p.source COLLATE "C", p.name COLLATE "C" NULLS LAST, p.project_id COLLATE "C"
			""";

	private static final String COUNT = """
			SELECT count(*) FROM (SELECT FROM keysteward.key_snapshot WHERE run_id = :run
			                      GROUP BY source, project_id) p
			""";

	/**
	 * {@return the number of a run's projects}
	 */
	public static long count(RunView stored) {
		return stored.sql(COUNT).query(Long.class).single();
	}

	/**
	 * {@return the query for the projects of a run}
	 */
	public static Rows.Query<ProjectRow> query(RunView stored) {
		PolicyDocument policy = stored.run().policy();
		return new Rows.Query<>((snapshot) -> stored.sql(snapshot, ALL), (row, number) -> of(row, policy));
	}

	private static ProjectRow of(ResultSet row, PolicyDocument policy) throws SQLException {
		String project = row.getString("project_id");
		return new ProjectRow(row.getString("source"), project,
				(project != null) ? row.getString("name") : NoName.OF_PROJECT, row.getString("state"), Findings.of(row),
				AllKeys.of(row, policy));
	}

	/**
	 * A project's keys with an open finding, by rule.
	 *
	 * @param idle at {@code IDLE}
	 * @param unnamed at {@code UNNAMED}
	 * @param orphaned at {@code ORPHANED}
	 * @param aged at {@code AGED}
	 */
	public record Findings(long idle, long unnamed, long orphaned, long aged) {

		private static Findings of(ResultSet row) throws SQLException {
			return new Findings(row.getLong("idle"), row.getLong("unnamed"), row.getLong("orphaned"),
					row.getLong("aged"));
		}

	}

	/**
	 * Facts about all keys of a project.
	 *
	 * @param keys the number of keys
	 * @param active the number of active keys
	 * @param neverUsed the number of active keys never used
	 * @param oldest the creation of the oldest active key
	 * @param lastUse the newest use of any key
	 * @param namesTwice the number of names that several keys share
	 * @param limit the most active keys, as written in the policy; null: no project
	 */
	public record AllKeys(long keys, long active, long neverUsed, @Nullable Instant oldest, @Nullable Instant lastUse,
			long namesTwice, @Nullable String limit) {

		private static AllKeys of(ResultSet row, PolicyDocument policy) throws SQLException {
			String project = row.getString("project_id");
			return new AllKeys(row.getLong("keys"), row.getLong("active"), row.getLong("never_used"),
					StoredTime.of(row, "oldest"), StoredTime.of(row, "last_use"), row.getLong("names_twice"),
					(project != null) ? policy.setting("projects.max-keys", row.getString("source"), project) : null);
		}

		/**
		 * {@return the most active keys; null: no limit}
		 */
		public @Nullable Long limitNumber() {
			return (this.limit != null && this.limit.matches("\\d{1,9}")) ? Long.valueOf(this.limit) : null;
		}

		/**
		 * {@return whether more keys are active}
		 */
		public boolean overLimit() {
			Long most = limitNumber();
			return most != null && this.active > most;
		}

	}

}
