package io.keysteward.report.workbook;

import java.util.List;
import java.util.stream.Stream;

import io.keysteward.insight.FlaggedKey;

/**
 * Sheet {@code Findings}: one row for each key that has a finding, and room for what
 * people decide about it.
 */
final class FindingsSheet implements Sheet {

	/** What a run has found, which nobody is to change. */
	static final List<Column<FlaggedKey>> EVIDENCE = List.of(
			new Column<>("Source", CellFormat.TEXT, FlaggedKey::source),
			new Column<>("Key id", CellFormat.ID, FlaggedKey::keyId),
			new Column<>("Name", CellFormat.NAME, FlaggedKey::name),
			new Column<>("Masked key", CellFormat.TEXT, FlaggedKey::maskedKey),
			new Column<>("Project", CellFormat.NAME, FlaggedKey::project),
			new Column<>("Project id", CellFormat.TEXT, FlaggedKey::projectId),
			new Column<>("Owner", CellFormat.NAME, FlaggedKey::owner),
			new Column<>("Owner email", CellFormat.NAME, FlaggedKey::ownerEmail),
			new Column<>("Created (UTC)", CellFormat.DATE, FlaggedKey::createdAt),
			new Column<>("Last used (UTC)", CellFormat.DATE, (key) -> key.lastUse().shown()),
			new Column<>("Idle days", CellFormat.NUMBER, FlaggedKey::idleDays),
			new Column<>("Last denied (UTC)", CellFormat.DATE, FlaggedKey::lastDeniedAt),
			new Column<>("Referenced by", CellFormat.NOTE, FlaggedKey::referencedBy),
			new Column<>("Findings", CellFormat.NAME, (key) -> Column.words(key.findings())),
			new Column<>("Level", CellFormat.LEVEL, FlaggedKey::level),
			new Column<>("Reasons", CellFormat.LONG_TEXT, (key) -> String.join(" ", key.reasons())),
			new Column<>("First seen (UTC)", CellFormat.DATE, FlaggedKey::firstSeen),
			new Column<>("What happens next", CellFormat.NOTE, (key) -> key.next().what()),
			new Column<>("When (UTC)", CellFormat.DATE, (key) -> key.next().when()));

	@Override
	public void add(SheetContext report) {
		FindingsForm form = new FindingsForm(report.content().installation(), report.content().run());
		List<Column<FlaggedKey>> columns = Stream.concat(EVIDENCE.stream(), form.columns().stream()).toList();
		form.guard(report.book().add(TableSheet.of(FindingsForm.SHEET, columns, report.content().findings())));
	}

}
