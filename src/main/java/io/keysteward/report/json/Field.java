package io.keysteward.report.json;

import org.jspecify.annotations.Nullable;

/**
 * A property of each row of a table: its published name, and its value.
 *
 * @param <T> the rows
 * @param name unique within the table
 * @param value text, a whole number, a boolean, a time, an enum constant, a list of
 * these, or null
 */
public record Field<T>(String name, Value<T> value) {

	/**
	 * Takes a property's value from a row.
	 *
	 * @param <T> the rows
	 */
	@FunctionalInterface
	public interface Value<T> {

		@Nullable Object get(T row);

	}

}
