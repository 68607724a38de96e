package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.run.RunExemption;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * An exemption of a run, its scope, and the number of its keys past the threshold when it
 * ends. Text is untrusted.
 *
 * @param id its id
 * @param state its state, in words
 * @param covers its scope in words
 * @param rules the rules that its keys may break
 * @param reason the reason
 * @param approver who approved it
 * @param ticket the ticket of the decision
 * @param expiresAt the first instant without it
 * @param keys the number of keys that it protects
 * @param past the number of them past the threshold when it ends
 */
public record ExemptionRow(String id, String state, @Nullable String covers, List<String> rules,
		@Nullable String reason, @Nullable String approver, @Nullable String ticket, @Nullable Instant expiresAt,
		long keys, long past) {

	private static final Duration SOON = Duration.ofDays(30);

	/**
	 * An exempt finding is not open, so its grace has not begun when the exemption ends:
	 * only its rule can put it past the threshold.
	 */
	private static final String SQL = """
			SELECT x.exemption_id, x.covers, array_to_string(x.rules, ', ') AS rule_list, x.reason, x.approver, x.ticket,
			       x.expires_at, coalesce(p.keys, 0) AS keys, coalesce(p.past, 0) AS past
			FROM keysteward.run_exemption x
			LEFT JOIN (SELECT exemption_id, count(*) AS keys, count(*) FILTER (WHERE past) AS past
			           FROM (SELECT e.exemption_id, k.source, k.key_id,
			                        bool_or(f.rule IN ('IDLE', 'ORPHANED')
			                                AND (f.rule = ANY (k.violations) OR f.grace_days = 0
			                                     OR coalesce(f.violation_at <= e.expires_at, false))) AS past
			                 FROM keysteward.key_snapshot k
			                 CROSS JOIN LATERAL unnest(k.findings, k.violation_at, k.grace_days, k.exempted_by)
			                            AS f (rule, violation_at, grace_days, exempted_by)
			                 JOIN keysteward.run_exemption e ON e.run_id = k.run_id AND e.exemption_id = f.exempted_by
			                 WHERE k.run_id = :run AND k.judgement = 'JUDGED' AND k.exemption IS NOT NULL
			                 GROUP BY e.exemption_id, k.source, k.key_id) k
			           GROUP BY exemption_id) p ON p.exemption_id = x.exemption_id
			WHERE x.run_id = :run
			ORDER BY x.expires_at, x.exemption_id COLLATE "C"
			""";

	/**
	 * {@return the exemptions of a run, the first to end first}
	 */
	public static Rows<ExemptionRow> rows(RunView stored) {
		long count = stored.sql("SELECT count(*) FROM keysteward.run_exemption WHERE run_id = :run")
			.query(Long.class)
			.single();
		boolean whole = !stored.run().narrowed() && stored.unread().isEmpty();
		Instant asOf = stored.run().asOf();
		return new Rows<>(count, Rows.read(stored.sql(SQL), (row, number) -> of(row, asOf, whole)));
	}

	private static ExemptionRow of(ResultSet row, Instant asOf, boolean whole) throws SQLException {
		return new ExemptionRow(row.getString("exemption_id"), state(row, asOf, whole), row.getString("covers"),
				StoredList.joined(row, "rule_list"), row.getString("reason"), row.getString("approver"),
				row.getString("ticket"), StoredTime.of(row, "expires_at"), row.getLong("keys"), row.getLong("past"));
	}

	/**
	 * Only a complete inventory shows that an exemption protects nothing.
	 */
	private static String state(ResultSet row, Instant asOf, boolean whole) throws SQLException {
		@Nullable Instant expires = StoredTime.of(row, "expires_at");
		if (expires == null || !asOf.isBefore(expires)) {
			return "expired";
		}
		if (RunExemption.isUnfit(row.getString("covers"))) {
			return "fits no key";
		}
		if (whole && row.getLong("keys") == 0) {
			return "protects nothing";
		}
		return expires.isAfter(asOf.plus(SOON)) ? "active" : "expires soon";
	}

}
