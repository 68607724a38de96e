package io.keysteward.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is wrong with a filled workbook, by rows.
 */
final class Faults {

	private final Map<Place, List<String>> lines = new TreeMap<>();

	private long more;

	void add(Place place, String fault) {
		this.lines.computeIfAbsent(place, (first) -> new ArrayList<>()).add(place + ": " + fault);
	}

	/**
	 * Counts edited rows beyond those that are named.
	 */
	void addEdited(long rows) {
		this.more += rows;
	}

	/**
	 * {@return a line for each fault, in the order of the rows}
	 */
	List<String> lines() {
		List<String> all = new ArrayList<>();
		this.lines.values().forEach(all::addAll);
		if (this.more > 0) {
			all.add("and " + this.more + " more rows that are not as the report has them");
		}
		return all;
	}

}
