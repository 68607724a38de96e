package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.keysteward.insight.RunDifference;
import io.keysteward.insight.RunDifference.Change;
import io.keysteward.report.json.Field;
import io.keysteward.run.Run;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two runs, for people and for programs.
 */
final class RunDiffText {

	static final List<Field<RunDifference>> FIELDS = List.of(new Field<>("change", RunDifference::change),
			new Field<>("source", RunDifference::source), new Field<>("key_id", RunDifference::keyId),
			new Field<>("name", RunDifference::name), new Field<>("rule", RunDifference::rule),
			new Field<>("before", RunDifference::before), new Field<>("after", RunDifference::after));

	private RunDiffText() {
	}

	static void print(Run before, Run after, Map<Change, Long> counts, List<RunDifference> differences,
			List<String> notes, PrintWriter out) {
		out.println("From run " + before.key() + ", as of " + UtcMinute.of(before.asOf()) + ", to run " + after.key()
				+ ", as of " + UtcMinute.of(after.asOf()) + ":");
		if (counts.isEmpty()) {
			out.println("nothing differs.");
		}
		counts.forEach((change, number) -> out.printf("%8d  %s%n", number, words(change)));
		notes.forEach((note) -> out.println(SafeText.visible(note)));
		if (!differences.isEmpty()) {
			out.println();
		}
		differences.forEach((difference) -> out.println(line(difference)));
		long all = counts.values().stream().mapToLong(Long::longValue).sum();
		if (all > differences.size()) {
			out.println(Plural.of(all - differences.size(), "more difference") + " not shown.");
		}
	}

	private static String line(RunDifference difference) {
		return "%-15s  %s%s  %s".formatted(words(difference.change()),
				SafeText.visible(difference.source() + "/" + difference.keyId()),
				(difference.name() != null) ? "  \"" + SafeText.visible(SafeText.shortened(difference.name())) + "\""
						: "",
				((difference.rule() != null) ? difference.rule() + " " : "") + shown(difference.before()) + " -> "
						+ shown(difference.after()));
	}

	private static String words(Change change) {
		return change.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static String shown(@Nullable String value) {
		return (value != null) ? SafeText.visible(SafeText.shortened(value)) : "-";
	}

}
