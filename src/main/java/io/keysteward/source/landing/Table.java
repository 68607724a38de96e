package io.keysteward.source.landing;

import java.util.List;
import java.util.Set;

import io.keysteward.source.definition.RowsYaml;
import org.jspecify.annotations.Nullable;

/**
 * A table to land.
 *
 * @param name its name in {@code select.sql}
 * @param columns the columns to land, in this order; empty: those that the system names,
 * such as the columns of a foreign SELECT
 * @param optional columns that every row may lack
 * @param yaml its entry in {@code source.yaml}
 * @param where its name in messages, such as
 * {@code config/sources/x/source.yaml: rows.keys}
 */
public record Table(String name, List<Column> columns, Set<String> optional, RowsYaml yaml, String where) {

	/**
	 * A column of a landed table.
	 *
	 * @param name its name in {@code select.sql}
	 * @param at the place of its value: a file's header, a JSON Pointer, or a text with
	 * <code>{parameter}</code>; for a foreign database the column's name
	 * @param as how it is landed
	 * @param before the text before which the value ends; a value without it is null;
	 * null: the whole value
	 */
	public record Column(String name, String at, As as, @Nullable String before) {
	}

	/** How a value is landed. */
	public enum As {

		/** Unchanged. */
		TEXT,

		/** As its SHA-256 in hex; the value itself is never stored. */
		SHA256,

		/**
		 * Not landed and never stored; only a request that switches the key uses it.
		 */
		HIDDEN

	}

}
