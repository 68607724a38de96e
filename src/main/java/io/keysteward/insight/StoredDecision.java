package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.run.DecisionKind;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A decision of somebody about a key, and what came of it until a run had ended. Text is
 * untrusted.
 *
 * @param number its number
 * @param source the key's source
 * @param keyId the key's id
 * @param decision what was decided, in one of the words of the form
 * @param until the first instant without the permission; null: it permits nothing
 * @param newOwner whom to write to; null: the owner stays
 * @param reason why; null: not given
 * @param decidedBy who decided, by the file
 * @param appliedBy who had the file applied
 * @param appliedAt when
 * @param file the file's name
 * @param sha256 its SHA-256, in hex
 * @param runKey the run in whose workbook it was written
 * @param asOf that run's instant
 * @param policySha256 the hash of that run's policy
 * @param population the flagged keys of that run
 * @param undecided those of them about which nobody had decided when the file was applied
 * @param state how it stands, in words
 * @param stateAt since when; null: since it was applied
 */
public record StoredDecision(long number, String source, String keyId, String decision, @Nullable Instant until,
		@Nullable String newOwner, @Nullable String reason, String decidedBy, String appliedBy, Instant appliedAt,
		String file, String sha256, String runKey, Instant asOf, String policySha256, long population, long undecided,
		String state, @Nullable Instant stateAt) {

	/**
	 * What was applied after a run had ended is not part of it. An approval was used by
	 * the first disabling after it.
	 */
	private static final String SELECT = """
			WITH upto AS (
			  SELECT run_id, as_of, coalesce(finished_at, 'infinity') AS ended FROM keysteward.run WHERE run_id = :run),
			-- Counted once for each file, and not for each of its decisions.
			files AS MATERIALIZED (
			  SELECT f.*, r.run_key, r.as_of, r.policy_sha256, r.set_aside_at <= (SELECT ended FROM upto) AS set_aside,
			         (SELECT count(DISTINCT (d.source, d.key_id))
			          FROM keysteward.decision d JOIN keysteward.decision_file e USING (file_id)
			          WHERE e.run_id = f.run_id AND e.file_id <= f.file_id) AS decided_then
			  FROM keysteward.decision_file f JOIN keysteward.run r USING (run_id)
			  WHERE f.applied_at <= (SELECT ended FROM upto)),
			decided AS (
			  SELECT d.*, f.run_id, f.applied_by, f.applied_at, f.name, f.sha256, f.run_key, f.as_of, f.policy_sha256, f.set_aside,
			         f.population, f.population - f.decided_then AS undecided,
			         f.after_run, CASE d.kind WHEN 'DISABLE' THEN lead(d.decision_id) OVER every ELSE lead(d.decision_id) OVER same END AS next_decision,
			         CASE d.kind WHEN 'DISABLE' THEN lead(f.applied_at) OVER every ELSE lead(f.applied_at) OVER same END AS replaced_at,
			         CASE d.kind WHEN 'DISABLE' THEN lead(f.after_run) OVER every ELSE lead(f.after_run) OVER same END AS replaced_after
			  FROM keysteward.decision d JOIN files f USING (file_id)
			  WINDOW every AS (PARTITION BY d.source, d.key_id ORDER BY d.decision_id),
			         same AS (PARTITION BY d.source, d.key_id, d.kind = 'NEW_OWNER' ORDER BY d.decision_id))
			SELECT d.*, u.as_of AS upto, a.done_at AS disabled_at,
			       s.key_id IS NOT NULL AND s.created_at IS DISTINCT FROM d.key_created_at
			         -- A permission of a key without a creation covers each key with the id.
			         AND (d.kind NOT IN ('KEEP', 'EXEMPT_UNTIL') OR d.key_created_at IS NOT NULL) AS of_another_key,
			       d.kind = 'DISABLE' AND d.as_of < u.as_of - CAST(:valid AS int) * interval '24 hours' AS too_old
			FROM decided d CROSS JOIN upto u
			LEFT JOIN keysteward.key_snapshot s ON s.run_id = u.run_id AND s.source = d.source AND s.key_id = d.key_id
			LEFT JOIN LATERAL (
			  SELECT min(a.done_at) AS done_at FROM keysteward.key_action a
			  WHERE d.kind = 'DISABLE' AND a.source = d.source AND a.key_id = d.key_id AND a.action = 'DISABLE'
			    AND a.outcome = 'DISABLED' AND a.run_id <= coalesce(d.replaced_after, u.run_id)
			    AND (a.run_id > d.after_run OR a.run_id = d.after_run AND a.done_at > d.applied_at)) a ON true
			ORDER BY d.decision_id DESC
			""";

	/**
	 * {@return the decisions that were applied before a run had ended, the last first}
	 */
	public static Rows<StoredDecision> rows(RunView stored) {
		long count = stored.sql("""
				SELECT count(*) FROM keysteward.decision d JOIN keysteward.decision_file f USING (file_id)
				WHERE f.applied_at <= (SELECT coalesce(finished_at, 'infinity') FROM keysteward.run WHERE run_id = :run)
				""").query(Long.class).single();
		return new Rows<>(count,
				Rows.read(stored.sql(SELECT).param("valid", approvalDays(stored)), StoredDecision::of));
	}

	/** For how many days an approval counts; null: none is required. */
	private static @Nullable Integer approvalDays(RunView stored) {
		String valid = stored.run().policy().settings().get("disable.approval-valid");
		return (valid != null) ? Integer.valueOf(valid.replace("d", "")) : null;
	}

	private static StoredDecision of(ResultSet row, int number) throws SQLException {
		DecisionKind kind = DecisionKind.valueOf(row.getString("kind"));
		Instant until = StoredTime.of(row, "ends_at");
		Instant disabledAt = StoredTime.of(row, "disabled_at");
		Instant replacedAt = StoredTime.of(row, "replaced_at");
		boolean ended = until != null && !until.isAfter(StoredTime.required(row, "upto"));
		String state = (disabledAt != null) ? "disabled" : (replacedAt != null)
				? "replaced by decision " + row.getLong("next_decision") : ended ? "ended" : open(kind, row);
		Instant stateAt = (disabledAt != null) ? disabledAt : (replacedAt != null) ? replacedAt : ended ? until : null;
		return new StoredDecision(row.getLong("decision_id"), row.getString("source"), row.getString("key_id"),
				kind.word(), until, row.getString("new_owner"), row.getString("reason"), row.getString("decided_by"),
				row.getString("applied_by"), StoredTime.required(row, "applied_at"), row.getString("name"),
				row.getString("sha256"), row.getString("run_key"), StoredTime.required(row, "as_of"),
				row.getString("policy_sha256"), row.getLong("population"), row.getLong("undecided"), state, stateAt);
	}

	/** How a decision stands that nothing has ended. */
	private static String open(DecisionKind kind, ResultSet row) throws SQLException {
		if (row.getBoolean("of_another_key")) {
			return "of no effect: its key has another creation";
		}
		if (kind != DecisionKind.DISABLE) {
			return "in force";
		}
		if (row.getBoolean("set_aside")) {
			return "of no effect: its run was set aside";
		}
		return row.getBoolean("too_old") ? "of no effect: approved too long ago" : "approved";
	}

}
