package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.ProjectRow;
import org.jspecify.annotations.Nullable;

/**
 * Sheet {@code Projects}: facts about the keys of each project. For a run that keeps
 * flagged keys only, it lacks the columns that need all keys.
 */
final class ProjectsSheet implements Sheet {

	private static final List<Column<ProjectRow>> ALL_KEYS = List.of(
			new Column<>("Source", CellFormat.TEXT, ProjectRow::source),
			new Column<>("Project id", CellFormat.ID, ProjectRow::projectId),
			new Column<>("Name", CellFormat.NAME, ProjectRow::name),
			new Column<>("State", CellFormat.WORD, ProjectRow::state),
			new Column<>("Keys", CellFormat.NUMBER, known((all) -> all.keys())),
			new Column<>("Active", CellFormat.NUMBER, known((all) -> all.active())),
			new Column<>("Idle", CellFormat.NUMBER, (row) -> row.findings().idle()),
			new Column<>("Unnamed", CellFormat.NUMBER, (row) -> row.findings().unnamed()),
			new Column<>("Orphaned", CellFormat.NUMBER, (row) -> row.findings().orphaned()),
			new Column<>("Aged", CellFormat.NUMBER, (row) -> row.findings().aged()),
			new Column<>("Never used", CellFormat.NUMBER, known((all) -> all.neverUsed())),
			new Column<>("Oldest key (UTC)", CellFormat.DATE, known((all) -> all.oldest())),
			new Column<>("Last use (UTC)", CellFormat.DATE, known((all) -> all.lastUse())),
			new Column<>("Names used twice", CellFormat.NUMBER, known((all) -> all.namesTwice())),
			new Column<>("Limit", CellFormat.NUMBER, known(ProjectsSheet::limit)),
			new Column<>("Over the limit", CellFormat.WORD, known((all) -> all.overLimit() ? "yes" : "no")));

	private static final List<Column<ProjectRow>> FLAGGED_KEYS = List.of(
			new Column<>("Source", CellFormat.TEXT, ProjectRow::source),
			new Column<>("Project id", CellFormat.ID, ProjectRow::projectId),
			new Column<>("Name", CellFormat.NAME, ProjectRow::name),
			new Column<>("State", CellFormat.WORD, ProjectRow::state),
			new Column<>("Flagged keys", CellFormat.NUMBER, ProjectRow::flagged),
			new Column<>("Idle", CellFormat.NUMBER, (row) -> row.findings().idle()),
			new Column<>("Unnamed", CellFormat.NUMBER, (row) -> row.findings().unnamed()),
			new Column<>("Orphaned", CellFormat.NUMBER, (row) -> row.findings().orphaned()),
			new Column<>("Aged", CellFormat.NUMBER, (row) -> row.findings().aged()));

	@Override
	public void add(SheetContext report) {
		report.book()
			.add(TableSheet.of("Projects", report.content().keepsAllKeys() ? ALL_KEYS : FLAGGED_KEYS,
					report.content().projects()));
	}

	private static Column.Value<ProjectRow> known(Column.Value<ProjectRow.AllKeys> value) {
		return (row) -> (row.all() != null) ? value.get(row.all()) : null;
	}

	/** Shows a value that is not a number as text. */
	private static @Nullable Object limit(ProjectRow.AllKeys keys) {
		Long number = keys.limitNumber();
		return (number != null) ? number : keys.limit();
	}

}
