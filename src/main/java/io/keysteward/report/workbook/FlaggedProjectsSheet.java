package io.keysteward.report.workbook;

import java.sql.ResultSet;
import java.util.List;

import io.keysteward.insight.RunView;

/**
 * Sheet {@code Projects} of a run that keeps flagged keys only: of the other keys of a
 * project it says nothing, since it knows nothing.
 */
final class FlaggedProjectsSheet implements Sheet {

	private static final String SQL = """
			SELECT source, project_id, max(project_name) AS name, max(project_state) AS state, count(*) AS flagged,
			       count(*) FILTER (WHERE 'IDLE' = ANY (open)) AS idle,
			       count(*) FILTER (WHERE 'UNNAMED' = ANY (open)) AS unnamed,
			       count(*) FILTER (WHERE 'ORPHANED' = ANY (open)) AS orphaned,
			       count(*) FILTER (WHERE 'AGED' = ANY (open)) AS aged
			FROM (SELECT *, ARRAY(SELECT f.rule FROM unnest(findings, exempted_by) AS f (rule, exemption)
			                      WHERE f.exemption IS NULL) AS open
			      FROM keysteward.key_snapshot WHERE run_id = :run AND judgement = 'JUDGED' AND findings <> '{}') k
			GROUP BY source, project_id
			ORDER BY source COLLATE "C", max(project_name) COLLATE "C" NULLS LAST, project_id COLLATE "C"
			""";

	private static final List<Column<ResultSet>> COLUMNS = List.of(Column.stored("Source", CellFormat.TEXT, "source"),
			Column.stored("Project id", CellFormat.ID, "project_id"),
			new Column<>("Name", CellFormat.NAME, ProjectsSheet::name),
			Column.stored("State", CellFormat.WORD, "state"),
			Column.stored("Flagged keys", CellFormat.NUMBER, "flagged"),
			Column.stored("Idle", CellFormat.NUMBER, "idle"), Column.stored("Unnamed", CellFormat.NUMBER, "unnamed"),
			Column.stored("Orphaned", CellFormat.NUMBER, "orphaned"), Column.stored("Aged", CellFormat.NUMBER, "aged"));

	@Override
	public void add(SheetContext report) {
		RunView stored = report.stored();
		long projects = stored.sql("""
				SELECT count(*) FROM (SELECT FROM keysteward.key_snapshot
				                      WHERE run_id = :run AND judgement = 'JUDGED' AND findings <> '{}'
				                      GROUP BY source, project_id) p
				""").query(Long.class).single();
		report.book()
			.add(new TableSheet<>("Projects", COLUMNS, projects, (table) -> stored.sql(SQL).query(table::add)));
	}

}
