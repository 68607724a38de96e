package io.keysteward.source.landing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.source.landing.Table.Column;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Extracts a table's columns from JSON objects: scalars as texts, lists and objects as
 * JSON.
 */
public final class JsonFields {

	/** 1e999999999 takes eleven letters, and a gigabyte once it is written out. */
	private static final int LONGEST = 1000;

	private final List<JsonPointer> pointers = new ArrayList<>();

	/**
	 * Creates the reader of a table's rows.
	 * @throws Failure if a column's place is not a JSON Pointer
	 */
	public JsonFields(Table table) {
		for (Column column : table.columns()) {
			this.pointers.add(pointer(table, column));
		}
	}

	/** A plain name is the field of that name. */
	private static JsonPointer pointer(Table table, Column column) {
		String at = column.at();
		String pointer = (at.isEmpty() || at.startsWith("/")) ? at : "/" + at.replace("~", "~0").replace("/", "~1");
		try {
			return JsonPointer.compile(pointer);
		}
		catch (IllegalArgumentException ex) {
			throw Failure.configuration(table.where() + ".columns." + SafeText.visible(column.name()) + " '"
					+ SafeText.visible(at) + "' is not a JSON Pointer; write one such as /id");
		}
	}

	/**
	 * {@return the values of a row, in the order of the columns}
	 */
	public List<@Nullable String> values(JsonNode row) {
		List<@Nullable String> values = new ArrayList<>(this.pointers.size());
		for (JsonPointer pointer : this.pointers) {
			values.add(text(row.at(pointer)));
		}
		return values;
	}

	/**
	 * {@return a value as the text that is landed}
	 */
	public static @Nullable String text(JsonNode value) {
		if (value.isMissingNode()) {
			return RowFeed.ABSENT;
		}
		if (value.isNull()) {
			return null;
		}
		if (value.isNumber() && value.isBigDecimal()) {
			return text(value.decimalValue());
		}
		return value.isValueNode() ? value.asString() : value.toString();
	}

	/**
	 * {@return a number's digits without an exponent, unless they would be far too many}
	 */
	public static String text(BigDecimal number) {
		return (Math.abs((long) number.scale()) <= LONGEST) ? number.toPlainString() : number.toString();
	}

}
