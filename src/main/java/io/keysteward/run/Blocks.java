package io.keysteward.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Blocks of rows, for statements that take many rows at once as arrays of columns.
 */
public final class Blocks {

	private Blocks() {
	}

	/**
	 * {@return the rows in blocks, in order; all but the last are of this size}
	 */
	public static <T> List<List<T>> of(List<T> rows, int size) {
		List<List<T>> blocks = new ArrayList<>();
		for (int from = 0; from < rows.size(); from += size) {
			blocks.add(rows.subList(from, Math.min(from + size, rows.size())));
		}
		return blocks;
	}

	/**
	 * {@return a column of a block; a null stays null}
	 */
	public static <T> String[] texts(List<T> block, Function<T, @Nullable String> column) {
		return block.stream().map(column).toArray(String[]::new);
	}

}
