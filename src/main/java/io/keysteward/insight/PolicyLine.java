package io.keysteward.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A line of the policy of a run.
 *
 * @param part its kind, such as {@code Setting}
 * @param name its name
 * @param scope the keys that it applies to
 * @param value its value
 * @param supports the controls that it supports
 */
public record PolicyLine(String part, String name, String scope, String value, @Nullable String supports) {

	private static final String EVERYWHERE = "everywhere";

	/**
	 * {@return the whole policy of a run}
	 */
	public static Rows<PolicyLine> rows(Run run) {
		return Rows.of(lines(run));
	}

	private static List<PolicyLine> lines(Run run) {
		PolicyDocument policy = run.policy();
		List<PolicyLine> lines = new ArrayList<>();
		lines.add(new PolicyLine("Policy", "preset", EVERYWHERE, policy.preset(), null));
		lines.add(new PolicyLine("Policy", "SHA-256", EVERYWHERE, run.policySha256(), null));
		new TreeMap<>(policy.settings())
			.forEach((name, value) -> lines.add(new PolicyLine("Setting", name, EVERYWHERE, value, null)));
		for (PolicyDocument.Override override : policy.overrides()) {
			String scope = override.source() + ((override.project() != null) ? " / " + override.project() : "");
			new TreeMap<>(override.settings())
				.forEach((name, value) -> lines.add(new PolicyLine("Override", name, scope, value, null)));
		}
		for (PolicyDocument.RuleText rule : policy.rules()) {
			lines.add(new PolicyLine("Rule", rule.code(), EVERYWHERE, rule.definition(), supports(rule)));
		}
		for (PolicyDocument.SourceText source : policy.sources()) {
			lines.add(new PolicyLine("Source", source.title(), source.id(),
					"Definition " + source.definition() + ", SHA-256 " + source.sha256(), null));
			if (source.place() != null) {
				lines.add(new PolicyLine("Source", "place", source.id(), source.place(), null));
			}
		}
		lines.add(new PolicyLine("Placeholder names", "version", EVERYWHERE, policy.placeholders(), null));
		return lines;
	}

	private static @Nullable String supports(PolicyDocument.RuleText rule) {
		return rule.standards().isEmpty() ? null : "supports " + String.join("; ", rule.standards());
	}

}
