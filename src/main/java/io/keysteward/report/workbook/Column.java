package io.keysteward.report.workbook;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table: its header, its kind of content and its value.
 *
 * @param <T> the rows
 * @param header unique within the table
 * @param content the kind of content
 * @param value text, a number, an {@link Instant} or null
 */
public record Column<T>(String header, CellFormat content, Value<T> value) {

	/**
	 * {@return the words of a list joined for a cell; null: none}
	 */
	static @Nullable String words(List<String> words) {
		return words.isEmpty() ? null : String.join(", ", words);
	}

	/**
	 * Takes a cell's value from a row.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	public interface Value<T> {

		@Nullable Object get(T row);

	}

}
