package io.keysteward.source.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.keysteward.source.landing.RowFeed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Extracts a row's columns.
 */
final class RowCells {

	private RowCells() {
	}

	/**
	 * {@return a row's values in the order of the columns}
	 * @param values the values of parameters and the round, by their names
	 */
	static List<@Nullable String> values(HttpList list, JsonNode row, Function<String, @Nullable String> values) {
		List<@Nullable String> texts = new ArrayList<>(list.cells().size());
		for (HttpList.Cell cell : list.cells()) {
			texts.add((cell.template() != null) ? cell.template().plain(values)
					: text(row.at(Objects.requireNonNull(cell.pointer()))));
		}
		return texts;
	}

	private static @Nullable String text(JsonNode value) {
		return value.isMissingNode() ? RowFeed.ABSENT : Json.text(value);
	}

}
