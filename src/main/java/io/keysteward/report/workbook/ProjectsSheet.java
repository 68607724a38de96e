package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.ProjectRow;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Projects}: facts about the keys of each project.
 */
final class ProjectsSheet implements Sheet {

	private static final List<Column<ProjectRow>> COLUMNS = List.of(
			new Column<>("Source", CellFormat.TEXT, ProjectRow::source),
			new Column<>("Project id", CellFormat.ID, ProjectRow::projectId),
			new Column<>("Name", CellFormat.NAME, ProjectRow::name),
			new Column<>("State", CellFormat.WORD, ProjectRow::state),
			new Column<>("Keys", CellFormat.NUMBER, ofAll((all) -> all.keys())),
			new Column<>("Active", CellFormat.NUMBER, ofAll((all) -> all.active())),
			new Column<>("Idle", CellFormat.NUMBER, (row) -> row.findings().idle()),
			new Column<>("Unnamed", CellFormat.NUMBER, (row) -> row.findings().unnamed()),
			new Column<>("Orphaned", CellFormat.NUMBER, (row) -> row.findings().orphaned()),
			new Column<>("Aged", CellFormat.NUMBER, (row) -> row.findings().aged()),
			new Column<>("Never used", CellFormat.NUMBER, ofAll((all) -> all.neverUsed())),
			new Column<>("Oldest key (UTC)", CellFormat.DATE, ofAll((all) -> all.oldest())),
			new Column<>("Last use (UTC)", CellFormat.DATE, ofAll((all) -> all.lastUse())),
			new Column<>("Names used twice", CellFormat.NUMBER, ofAll((all) -> all.namesTwice())),
			new Column<>("Limit", CellFormat.NUMBER, ofAll(ProjectsSheet::limit)),
			new Column<>("Over the limit", CellFormat.WORD, ofAll((all) -> all.overLimit() ? "yes" : "no")));

	@Override
	public void add(SheetContext report) {
		report.book().add(TableSheet.of("Projects", COLUMNS, report.content().projects()));
	}

	private static Column.Value<ProjectRow> ofAll(Column.Value<ProjectRow.AllKeys> value) {
		return (row) -> value.get(row.all());
	}

	/** Shows a value that is not a number as text. */
	private static @Nullable Object limit(ProjectRow.AllKeys keys) {
		Long number = keys.limitNumber();
		return (number != null) ? number : keys.limit();
	}

}
