package io.keysteward.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the words in the workbook mean.
 */
final class Legend {

	private static final Map<String, String> WORDS = words();

	private Legend() {
	}

	static void write(SummaryPage page) {
		page.heading("Words");
		WORDS.forEach(page::fact);
	}

	private static Map<String, String> words() {
		Map<String, String> words = new LinkedHashMap<>();
		words.put("As-of", "The one instant against which the run judged everything. All times are UTC.");
		words.put("Judged", "Governed, active and readable: every rule was asked.");
		words.put("Data error", "The row cannot be right or cannot be read: counted, shown, never acted on.");
		words.put("Not governed", "Of a kind that the source's definition leaves out.");
		words.put("Not active", "Disabled or expired.");
		words.put("Flagged key", "A judged key with at least one finding, exempt keys among them.");
		words.put("Finding", "What one rule says of one key, followed from run to run. A key can have several.");
		words.put("WARN", "Past the warning threshold.");
		words.put("VIOLATION", "Past the disabling threshold.");
		words.put("exempt", "Flagged, but left alone by written permission.");
		words.put("never", "No use since use is being recorded.");
		words.put("not recorded", "Its use is unknown. Unknown is never idle.");
		words.put("Re-masked",
				"Rows whose masked key showed a whole secret; masked again, and a fault of the definition.");
		return words;
	}

}
