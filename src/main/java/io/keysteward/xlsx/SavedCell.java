package io.keysteward.xlsx;

/**
 * What a cell holds.
 *
 * @param kind what it is
 * @param text its value
 * @param formula whether a formula computed it
 */
public record SavedCell(Kind kind, String text, boolean formula) {

	/** What a value is. */
	public enum Kind {

		/** A text, as it was typed. */
		TEXT,

		/** A number, without an exponent and without trailing zeros. */
		NUMBER,

		/** A number of more than 15 digits, which Excel has rounded. */
		ROUNDED,

		/** A number with a date format, as {@code 2026-11-01 08:00:00}. */
		TIME,

		/** A number with a date format that is no time; the text is the number. */
		NO_TIME,

		/** {@code true} or {@code false}. */
		BOOLEAN,

		/** An error such as {@code #N/A}. */
		ERROR,

		/** A formula without a computed value; the text is empty. */
		UNCOMPUTED

	}

}
