package io.keysteward.notice;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.keysteward.key.Visible;
import io.keysteward.notice.NamedKeys.NamedKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a mail as a CSV file: UTF-8 with a byte order mark, times in ISO 8601,
 * nothing in it that hides or that a spreadsheet would take for a formula.
 */
final class KeysCsv {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private static final String FORMULA_STARTS = "=+-@＝＋－＠";

	private KeysCsv() {
	}

	/**
	 * {@return the file's bytes}
	 */
	static byte[] of(List<NamedKey> keys) {
		StringWriter out = new StringWriter().append(BYTE_ORDER_MARK);
		try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
			csv.writeRecord("Source", "Key id", "Name", "Masked key", "Project id", "Project", "Created (UTC)",
					"Last used (UTC)", "May be disabled from (UTC)", "Done (UTC)", "Reasons");
			keys.forEach((key) -> write(csv, key));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void write(CsvWriter csv, NamedKey key) {
		csv.writeRecord(field(key.source()), field(key.keyId()), field(key.name()), field(key.maskedKey()),
				field(key.projectId()), field(key.projectName()), time(key.createdAt()),
				(key.lastUsedAt() != null) ? time(key.lastUsedAt()) : OwnerWords.unused(key), time(key.dueAt()),
				time(key.doneAt()), field(String.join(" ", key.reasons())));
	}

	private static String time(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : "";
	}

	private static String field(@Nullable String untrusted) {
		if (untrusted == null) {
			return "";
		}
		String text = Visible.text(untrusted);
		String start = text.stripLeading();
		return (!start.isEmpty() && FORMULA_STARTS.indexOf(start.charAt(0)) >= 0) ? "'" + text : text;
	}

}
