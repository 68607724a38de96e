package io.keysteward.report.workbook;

import java.util.List;

import io.keysteward.insight.KeyListFormat;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.run.Run;

import org.springframework.stereotype.Component;

/**
 * The keys of a mail as a workbook: ids are text, times are dates in UTC, without hidden
 * characters and formulas.
 */
@Component
public final class KeyListWorkbook implements KeyListFormat {

	private static final List<Column<NamedKey>> COLUMNS = List.of(
			new Column<>("Source", CellFormat.TEXT, NamedKey::source),
			new Column<>("Key id", CellFormat.ID, NamedKey::keyId),
			new Column<>("Name", CellFormat.NAME, NamedKey::name),
			new Column<>("Masked key", CellFormat.TEXT, NamedKey::maskedKey),
			new Column<>("Project id", CellFormat.TEXT, NamedKey::projectId),
			new Column<>("Project", CellFormat.NAME, NamedKey::projectName),
			new Column<>("Created (UTC)", CellFormat.DATE, NamedKey::createdAt),
			new Column<>("Last used (UTC)", CellFormat.DATE, (key) -> key.lastUse().shown()),
			new Column<>("May be disabled from (UTC)", CellFormat.DATE, NamedKey::dueAt),
			new Column<>("Done (UTC)", CellFormat.DATE, NamedKey::doneAt),
			new Column<>("Reasons", CellFormat.LONG_TEXT, (key) -> String.join(" ", key.reasons())));

	@Override
	public byte[] write(Run run, List<NamedKey> keys) {
		return ListWorkbook.write(run, "API keys", COLUMNS, keys);
	}

}
