package io.keysteward.report;

import io.keysteward.text.Failure;

/**
 * Compares numbers that must agree before a report is kept.
 */
public final class RowCounts {

	private RowCounts() {
	}

	/**
	 * Requires two counts to be the same.
	 */
	public static void requireSame(String where, long expected, String expectedIs, long found, String foundIs) {
		if (expected != found) {
			throw Failure.person("Report: " + where + ": " + foundIs + ": " + found + ", but " + expectedIs + ": "
					+ expected + "; the report is not kept; compare key_snapshot with the run's totals");
		}
	}

}
