package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.run.InventoryScope;
import io.keysteward.run.PolicyDocument;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Projects}: facts about the keys of each project. Exempt findings are left
 * out, as in the control totals.
 */
final class ProjectsSheet implements Sheet {

	private static final String SQL = """
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

	@Override
	public void add(SheetContext report) {
		if (report.stored().run().keeps() == InventoryScope.FLAGGED) {
			new FlaggedProjectsSheet().add(report);
			return;
		}
		long projects = report.stored().sql("""
				SELECT count(*) FROM (SELECT FROM keysteward.key_snapshot WHERE run_id = :run
				                      GROUP BY source, project_id) p
				""").query(Long.class).single();
		report.book()
			.add(new TableSheet<>("Projects", columns(report.stored().run().policy()), projects,
					(table) -> report.stored().sql(SQL).query(table::add)));
	}

	private static List<Column<ResultSet>> columns(PolicyDocument policy) {
		return List.of(Column.stored("Source", CellFormat.TEXT, "source"),
				Column.stored("Project id", CellFormat.ID, "project_id"),
				new Column<>("Name", CellFormat.NAME, ProjectsSheet::name),
				Column.stored("State", CellFormat.WORD, "state"), Column.stored("Keys", CellFormat.NUMBER, "keys"),
				Column.stored("Active", CellFormat.NUMBER, "active"), Column.stored("Idle", CellFormat.NUMBER, "idle"),
				Column.stored("Unnamed", CellFormat.NUMBER, "unnamed"),
				Column.stored("Orphaned", CellFormat.NUMBER, "orphaned"),
				Column.stored("Aged", CellFormat.NUMBER, "aged"),
				Column.stored("Never used", CellFormat.NUMBER, "never_used"),
				Column.stored("Oldest key (UTC)", CellFormat.DATE, "oldest"),
				Column.stored("Last use (UTC)", CellFormat.DATE, "last_use"),
				Column.stored("Names used twice", CellFormat.NUMBER, "names_twice"),
				new Column<>("Limit", CellFormat.NUMBER, (row) -> limit(policy, row)),
				new Column<>("Over the limit", CellFormat.WORD, (row) -> isOver(policy, row)));
	}

	static @Nullable Object name(ResultSet row) throws SQLException {
		return (row.getString("project_id") != null) ? row.getString("name") : "(no project)";
	}

	private static @Nullable Object limit(PolicyDocument policy, ResultSet row) throws SQLException {
		String project = row.getString("project_id");
		String limit = policy.setting("projects.max-keys", row.getString("source"), project);
		return (project == null) ? null : limit.matches("\\d{1,9}") ? (Object) Long.valueOf(limit) : limit;
	}

	private static String isOver(PolicyDocument policy, ResultSet row) throws SQLException {
		return (limit(policy, row) instanceof Long limit && row.getLong("active") > limit) ? "yes" : "no";
	}

}
