package io.keysteward.decision;

import java.util.Comparator;

/**
 * Where a row of a filled workbook is.
 *
 * @param sheet the number of its sheet, from 0
 * @param row its number, from 1
 * @param words both for people
 */
record Place(int sheet, long row, String words) implements Comparable<Place> {

	private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::sheet).thenComparingLong(Place::row);

	@Override
	public int compareTo(Place other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.words;
	}

}
