package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.insight.RunView;
import io.keysteward.run.RunExemption;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Exemptions}: every exemption of the run, what it protects, and how many of
 * its keys are past the threshold on the day that it ends.
 */
final class ExemptionsSheet implements Sheet {

	private static final Duration SOON = Duration.ofDays(30);

	/**
	 * A finding that was exempt has been open for no day when the exemption ends: it is
	 * past its threshold then by its rule alone.
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

	@Override
	public void add(SheetContext report) {
		RunView stored = report.stored();
		long exemptions = stored.sql("SELECT count(*) FROM keysteward.run_exemption WHERE run_id = :run")
			.query(Long.class)
			.single();
		report.book()
			.add(new TableSheet<>("Exemptions", columns(stored), exemptions,
					(table) -> stored.sql(SQL).query(table::add)));
	}

	private static List<Column<ResultSet>> columns(RunView stored) {
		boolean whole = !stored.run().narrowed() && stored.unread().isEmpty();
		Instant asOf = stored.run().asOf();
		return List.of(Column.stored("Id", CellFormat.TEXT, "exemption_id"),
				new Column<>("State", CellFormat.TEXT, (row) -> state(row, asOf, whole)),
				Column.stored("Covers", CellFormat.NOTE, "covers"),
				Column.stored("Rules", CellFormat.NAME, "rule_list"),
				Column.stored("Reason", CellFormat.LONG_TEXT, "reason"),
				Column.stored("Approver", CellFormat.NAME, "approver"),
				Column.stored("Ticket", CellFormat.TEXT, "ticket"),
				Column.stored("Expires (UTC)", CellFormat.DATE, "expires_at"),
				Column.stored("Protects keys", CellFormat.NUMBER, "keys"),
				Column.stored("Past the threshold that day", CellFormat.NUMBER, "past"));
	}

	/**
	 * Of an inventory that is not whole nobody can say what an exemption does not
	 * protect.
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
