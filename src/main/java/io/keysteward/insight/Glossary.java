package io.keysteward.insight;

import java.util.LinkedHashMap;
import java.util.Map;

import io.keysteward.run.Gate;

/**
 * What the words in a report mean.
 */
public final class Glossary {

	private Glossary() {
	}

	/**
	 * {@return each word and what it means, in the order in which people read them}
	 */
	public static Map<String, String> words() {
		Map<String, String> words = new LinkedHashMap<>();
		words.put("As-of", "The one instant against which the run judged everything. All times are UTC.");
		words.put("Judged", "Governed, active and readable: every rule was asked.");
		words.put("Data error", "The row cannot be right or cannot be read: counted, shown, never acted on.");
		words.put("Not governed", "Of a kind that the source's definition leaves out.");
		words.put("Not active", "Disabled or expired.");
		words.put("Flagged key", "A judged key with at least one finding, exempt keys among them.");
		words.put("Finding", "What one rule says of one key, followed from run to run. A key can have several.");
		words.put(Standing.WARN.word(), "Past the warning threshold.");
		words.put(Standing.VIOLATION.word(), "Past the disabling threshold.");
		words.put(Standing.EXEMPT.word(),
				"Flagged, but each of its findings is permitted in writing: sheet Exemptions.");
		words.put(LastUse.NEVER, "No use since use is being recorded.");
		words.put(LastUse.NOT_RECORDED, "Its use is unknown. Unknown is never idle.");
		words.put("Re-masked",
				"Rows whose masked key hid nothing or too little of the secret; masked again, and a fault of the definition.");
		words.put(ActionState.HELD.words(),
				"A gate is closed: the key is left alone. One closed gate is enough; all are named.");
		words.put("Due from",
				"The earliest that the key may be disabled if it stays unused and its owner is told as planned.");
		for (Gate gate : Gate.values()) {
			words.put("Gate " + gate, gate(gate));
		}
		return words;
	}

	private static String gate(Gate gate) {
		return switch (gate) {
			case EXEMPT -> "Closed where an exemption covers the key, and for all keys if exemptions cannot be read.";
			case KIND -> "Closed where the key's kind is never disabled, or its source cannot disable.";
			case REFERENCED ->
				"Closed while something else still names the key, where its source has the column referenced_by.";
			case LEVEL -> "Closed until an idle key is at VIOLATION, or an orphaned one is and is idle, too.";
			case REENABLED -> "Closed where somebody re-enabled the key after it was disabled, until warned anew.";
			case APPROVAL ->
				"Closed, where approval is required, until somebody decides to disable the key, and again when that is too old.";
			case SEEN_BEFORE -> "Closed until the finding was seen on enough different days.";
			case NOTICE -> "Closed until the owner was warned, and warned for the last time, long enough ago.";
			case POLICY ->
				"Closed in the first run, and after the policy, a setting of disabling, a definition or a source's place changed.";
			case FRESH ->
				"Closed where a source was not read, shows no sign of life, forgets uses, has another clock, or is not as whole as before.";
			case WINDOW ->
				"Closed outside of the days and hours in which keys may be disabled, by the as-of and by the time of disabling.";
			case BREAKER -> "Closed for all keys where more are due than may be disabled in a day.";
			case WARNINGS -> "Closed where one run would warn too many owners: nobody is warned. It holds no key.";
		};
	}

}
