package io.keysteward.report;

/**
 * The kinds of content of a column; each has one width, in characters, on every sheet.
 */
enum Content {

	/** An id or a masked key. */
	ID(26, false),

	/** What people call something. */
	NAME(26, false),

	/** A word or two. */
	TEXT(16, false),

	/** Sentences. */
	LONG_TEXT(58, true),

	/** A date and time in UTC. */
	DATE(17, false),

	/** One short word, such as {@code yes}. */
	WORD(12, false),

	/** A short sentence. */
	NOTE(34, true),

	/** A count or a number of days. */
	NUMBER(11, false),

	/** {@code VIOLATION}, {@code WARN}, {@code exempt}: a word, and a colour for it. */
	LEVEL(12, false);

	private final int width;

	private final boolean wraps;

	Content(int width, boolean wraps) {
		this.width = width;
		this.wraps = wraps;
	}

	int width() {
		return this.width;
	}

	boolean wraps() {
		return this.wraps;
	}

}
