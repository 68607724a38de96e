package io.keysteward.disabling;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.policy.Classification;
import io.keysteward.policy.Finding;
import org.jspecify.annotations.Nullable;

/**
 * The part of a judgement on which disabling depends.
 *
 * @param findings the rules that the key breaks
 * @param violations the rules among them past the disabling threshold
 * @param exemptedBy for each finding the exemption that covers it, or null
 */
record Verdict(List<String> findings, List<String> violations, List<@Nullable String> exemptedBy) {

	static Verdict of(Classification key) {
		return new Verdict(key.findings().stream().map(Finding::rule).toList(),
				key.findings().stream().filter(Finding::violation).map(Finding::rule).toList(),
				new ArrayList<>(key.exemptedBy()));
	}

	/**
	 * {@return such as {@code IDLE (violation), UNNAMED (exempt by EX-7)}}
	 */
	String words() {
		List<String> words = new ArrayList<>();
		for (int i = 0; i < this.findings.size(); i++) {
			String rule = this.findings.get(i);
			String exemption = this.exemptedBy.get(i);
			words.add(rule + ((exemption != null) ? " (exempt by " + exemption + ")"
					: this.violations.contains(rule) ? " (violation)" : ""));
		}
		return words.isEmpty() ? "nothing wrong" : String.join(", ", words);
	}

}
