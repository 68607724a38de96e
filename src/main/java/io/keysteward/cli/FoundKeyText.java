package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.insight.FoundKey;
import io.keysteward.insight.NoName;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * A key of an inventory in lines for people.
 */
final class FoundKeyText {

	static final String OLDER = "older ones are in the tables key_snapshot, finding_event, key_use_gap, key_action, notice";

	/** Longer names are cut. */
	private static final int LONGEST = 120;

	private FoundKeyText() {
	}

	static void print(FoundKey key, String status, PrintWriter out) {
		out.println(SafeText.visible(key.source() + "/" + key.keyId()) + "  " + words(
				Optional.ofNullable(key.name()).map((name) -> "\"" + shortened(name) + "\"").orElse(NoName.OF_KEY),
				key.maskedKey(), status));
		out.println("  project    " + words(shortened(key.projectName()), key.projectId()));
		out.println("  owner      " + words(shortened(key.ownerName()), key.ownerId(), key.ownerEmail()));
		out.println("  created    " + key.created());
		out.println("  last used  " + key.lastUsed());
		if (key.lastDeniedAt() != null) {
			out.println("  denied     " + UtcMinute.of(key.lastDeniedAt()) + ", the last time that is known");
		}
		if (key.referencedBy() != null && !key.referencedBy().isEmpty()) {
			out.println("  named by   " + words(shortened(key.referencedBy())));
		}
		out.println("  judged     " + SafeText.visible(key.judged()));
		key.findingLines().forEach((line) -> out.println("  " + SafeText.visible(line)));
	}

	private static String words(@Nullable String... words) {
		String all = Stream.of(words).filter((word) -> word != null).collect(Collectors.joining("  "));
		return all.isEmpty() ? "-" : SafeText.visible(all);
	}

	private static @Nullable String shortened(@Nullable String text) {
		return (text != null) ? SafeText.beginning(text, LONGEST) : null;
	}

}
