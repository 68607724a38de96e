package io.keysteward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.keysteward.report.json.Field;
import io.keysteward.report.workbook.CellText;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a command as CSV (RFC 4180): a line with the names, then one for each
 * row, times in ISO 8601, no text that a spreadsheet would take for a formula.
 */
final class CsvAnswer {

	private CsvAnswer() {
	}

	/**
	 * Prints rows.
	 */
	static <T> void print(List<Field<T>> fields, List<T> rows, PrintWriter out) {
		StringWriter text = new StringWriter();
		try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
			csv.writeRecord(fields.stream().map(Field::name).toList());
			rows.forEach((row) -> csv
				.writeRecord(fields.stream().map((field) -> text(field.value().get(row))).toArray(String[]::new)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		out.print(text);
		out.flush();
	}

	private static @Nullable String text(@Nullable Object value) {
		if (value instanceof List<?> values) {
			return CellText
				.csv(values.stream().filter(Objects::nonNull).map(Object::toString).collect(Collectors.joining(", ")));
		}
		return (value instanceof String text) ? CellText.csv(text) : (value != null) ? value.toString() : null;
	}

}
