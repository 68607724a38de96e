package io.keysteward.report.workbook;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of content of a column; each has one width in characters on all sheets.
 */
public enum CellFormat {

	/** An id or a masked key. */
	ID(24, false),

	/** A name. */
	NAME(23, false),

	/** A word or two. */
	TEXT(16, false),

	/** Sentences. */
	LONG_TEXT(58, true),

	/** A date and time in UTC. */
	DATE(17, false),

	/** One short word, such as {@code yes}. */
	WORD(12, false),

	/** A short sentence. */
	NOTE(46, true),

	/** A count or a number of days. */
	NUMBER(11, false),

	/** {@code VIOLATION}, {@code WARN}, {@code exempt}: a word, and a colour for it. */
	LEVEL(12, false),

	/** A word or two that people write. */
	ANSWER(24, false),

	/** Sentences that people write. */
	LONG_ANSWER(40, true),

	/** A day that people write. */
	DAY(12, false),

	/** What only programs read. */
	MARK(12, false);

	/** A line may break within a word. */
	private static final int WORD_LENGTH = 5;

	/** Excel's limit for the height of a row. */
	private static final int MOST_LINES = 27;

	private final int width;

	private final boolean wraps;

	CellFormat(int width, boolean wraps) {
		this.width = width;
		this.wraps = wraps;
	}

	int width() {
		return this.width;
	}

	/**
	 * {@return whether people write into such a cell of a protected sheet}
	 */
	boolean isAnswer() {
		return this == ANSWER || this == LONG_ANSWER || this == DAY;
	}

	boolean wraps() {
		return this.wraps;
	}

	/**
	 * {@return the number of lines of a value by its length, since not every program
	 * computes it}
	 */
	int lines(@Nullable Object value) {
		return lines(value, this.width);
	}

	/**
	 * {@return the number of lines of a value in a column of another width}
	 */
	int lines(@Nullable Object value, int width) {
		if (!this.wraps || !(value instanceof String text)) {
			return 1;
		}
		return Math.min(MOST_LINES, 1 + text.length() / (width - WORD_LENGTH));
	}

}
