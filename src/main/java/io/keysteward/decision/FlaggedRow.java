package io.keysteward.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.key.KeyId;
import io.keysteward.report.workbook.FindingsForm;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a decided key as its run has flagged it: little, since somebody may
 * fill down one answer for very many keys.
 *
 * @param key the key
 * @param name its name. Untrusted
 * @param createdAt when it was created; null: not known
 * @param idle whether it has the finding {@code IDLE}
 * @param lasting the cells that do not change by themselves, in one text; empty: nothing
 * is compared with them
 */
record FlaggedRow(KeyId key, @Nullable String name, @Nullable Instant createdAt, boolean idle, String lasting) {

	/** Shown text has no such character. */
	private static final String SEPARATOR = "\0";

	/** What changes with each night, and says nothing new of the key. */
	private static final List<String> PASSING = List.of("Idle days", "Reasons", "First seen (UTC)", "What happens next",
			"When (UTC)");

	private static final List<String> LASTING = FindingsForm.evidence()
		.stream()
		.filter((header) -> !PASSING.contains(header))
		.toList();

	/**
	 * {@return what is kept of a key}
	 * @param evidence its evidence, with which a later run is compared; null: none is
	 */
	static FlaggedRow of(FlaggedKey key, @Nullable Evidence evidence) {
		return new FlaggedRow(new KeyId(key.source(), key.keyId()), key.name(), key.createdAt(),
				key.findings().contains("IDLE"), (evidence != null) ? lasting(evidence) : "");
	}

	private static String lasting(Evidence evidence) {
		List<String> headers = FindingsForm.evidence();
		List<String> texts = evidence.texts();
		List<String> lasting = new ArrayList<>();
		for (int at = 0; at < texts.size(); at++) {
			if (!PASSING.contains(headers.get(at))) {
				lasting.add(texts.get(at));
			}
		}
		return String.join(SEPARATOR, lasting);
	}

	/**
	 * {@return a line for each cell that a later run shows otherwise, but for those that
	 * change by themselves}
	 */
	List<String> changed(FlaggedKey later) {
		String now = lasting(Evidence.of(later));
		if (now.equals(this.lasting)) {
			return List.of();
		}
		String[] before = this.lasting.split(SEPARATOR, -1);
		String[] after = now.split(SEPARATOR, -1);
		List<String> lines = new ArrayList<>();
		for (int at = 0; at < before.length; at++) {
			if (!before[at].equals(after[at])) {
				lines.add(LASTING.get(at) + " was " + Evidence.quoted(before[at]) + ", and is "
						+ Evidence.quoted(after[at]));
			}
		}
		return lines;
	}

}
