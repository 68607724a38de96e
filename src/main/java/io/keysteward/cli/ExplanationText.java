package io.keysteward.cli;

import java.io.PrintWriter;

import io.keysteward.insight.FoundKey;
import io.keysteward.insight.KeyExplanation;
import io.keysteward.insight.KeyExplanation.GateLine;
import io.keysteward.insight.KeyExplanation.GateState;
import io.keysteward.insight.KeyExplanation.RuleLine;
import io.keysteward.key.Level;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import io.keysteward.text.UtcMinute;

/**
 * An explanation for people: the answer, then what decides it, then the rest.
 */
final class ExplanationText {

	private static final String UNDER = " ".repeat(15);

	private ExplanationText() {
	}

	static void print(KeyExplanation explained, PrintWriter out) {
		FoundKey key = explained.key();
		out.println(SafeText.visible(key.source() + "/" + key.keyId() + ": " + explained.verdict()));
		out.println();
		gates(explained, out);
		out.println();
		FoundKeyText.print(key, explained.history().status(), out);
		out.println();
		out.println("What the rules say (run " + explained.run().key() + ", as of "
				+ UtcMinute.of(explained.run().asOf()) + ")");
		explained.rules().forEach((rule) -> print(rule, explained, out));
		out.println();
		out.println("What happened, the last first");
		if (explained.history().events().isEmpty()) {
			out.println("  nothing that is recorded");
		}
		explained.history()
			.events()
			.forEach((event) -> out.println("  " + UtcMinute.of(event.at()) + "  " + event.words()));
		if (explained.history().hasOlder()) {
			out.println("  older: " + FoundKeyText.OLDER);
		}
	}

	private static void print(RuleLine rule, KeyExplanation explained, PrintWriter out) {
		out.printf("  %-12s %s%n", rule.rule(), SafeText.visible(says(rule, explained)));
		out.println(UNDER + SafeText.visible(rule.definition()
				+ (rule.settings().isEmpty() ? "" : " (" + String.join(", ", rule.settings()) + ")")));
	}

	private static String says(RuleLine rule, KeyExplanation explained) {
		if (explained.key().judgement() != Judgement.JUDGED) {
			return "not judged" + ((rule.since() != null)
					? "; the finding of earlier runs stays open, " + rule.level() + " since " + UtcDay.day(rule.since())
					: "");
		}
		if (rule.reason() == null) {
			return "no fault";
		}
		if (rule.exemptBy() != null) {
			return "exempt by " + rule.exemptBy() + ": " + rule.reason();
		}
		String level = (rule.level() != null) ? rule.level().name() : "found";
		String since = (rule.since() != null) ? ", open since " + UtcDay.day(rule.since()) : "";
		String rises = (rule.level() == Level.WARN && rule.violationAt() != null
				&& rule.violationAt().isAfter(explained.run().asOf()))
						? ", a violation from " + UtcDay.day(rule.violationAt()) + " on" : "";
		return level + since + rises + ": " + rule.reason();
	}

	private static void gates(KeyExplanation explained, PrintWriter out) {
		if (explained.gates().isEmpty()) {
			boolean planned = explained.rules().stream().anyMatch(RuleLine::isPlannedFor);
			out.println("No gate was asked" + (planned ? "." : ": only IDLE or ORPHANED ever leads to disabling."));
			return;
		}
		out.println("What the gates say: each must be open before the key is disabled");
		for (GateLine gate : explained.gates()) {
			out.printf("  %-12s %s: %s%n", gate.gate(), state(gate.state()), SafeText.visible(gate.reason()));
			if (gate.opens() != null) {
				out.println(UNDER + gate.opens()
						+ ((gate.opensAt() != null) ? " At the earliest: " + UtcDay.day(gate.opensAt()) + "." : ""));
			}
		}
	}

	private static String state(GateState state) {
		return switch (state) {
			case CLOSED -> "closed";
			case OPEN -> "open";
			case NOT_ASKED -> "not asked";
		};
	}

}
