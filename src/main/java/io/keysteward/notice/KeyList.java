package io.keysteward.notice;

import java.util.List;

import io.keysteward.notice.NamedKeys.NamedKey;
import io.keysteward.report.Column;
import io.keysteward.report.Content;
import io.keysteward.report.ListWorkbook;
import io.keysteward.run.Run;

/**
 * The keys of a mail as a workbook: ids are text, times are dates in UTC, and nothing in
 * it hides or is a formula.
 */
final class KeyList {

	static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final List<Column<NamedKey>> COLUMNS = List.of(
			new Column<>("Source", Content.TEXT, NamedKey::source), new Column<>("Key id", Content.ID, NamedKey::keyId),
			new Column<>("Name", Content.NAME, NamedKey::name),
			new Column<>("Masked key", Content.TEXT, NamedKey::maskedKey),
			new Column<>("Project id", Content.TEXT, NamedKey::projectId),
			new Column<>("Project", Content.NAME, NamedKey::projectName),
			new Column<>("Created (UTC)", Content.DATE, NamedKey::createdAt),
			new Column<>("Last used (UTC)", Content.DATE,
					(key) -> (key.lastUsedAt() != null) ? key.lastUsedAt() : OwnerWords.unused(key)),
			new Column<>("May be disabled from (UTC)", Content.DATE, NamedKey::dueAt),
			new Column<>("Done (UTC)", Content.DATE, NamedKey::doneAt),
			new Column<>("Reasons", Content.LONG_TEXT, (key) -> String.join(" ", key.reasons())));

	private KeyList() {
	}

	/**
	 * {@return its name as an attachment}
	 */
	static String name(Run run) {
		return "keys-" + MessageId.plain(run.dated("-")) + ".xlsx";
	}

	/**
	 * {@return the file's bytes}
	 */
	static byte[] of(Run run, List<NamedKey> keys) {
		return ListWorkbook.of(run, "API keys", COLUMNS, keys);
	}

}
