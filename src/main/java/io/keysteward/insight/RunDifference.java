package io.keysteward.insight;

import org.jspecify.annotations.Nullable;

/**
 * Something that differs between two runs. Text is untrusted.
 *
 * @param change what differs
 * @param source the source's id
 * @param keyId the key's id
 * @param name what people call it in the later run, or called it
 * @param rule the rule of the finding; null: it is not about a finding
 * @param before how it was; null: it was not
 * @param after how it is; null: it is not any more
 */
public record RunDifference(Change change, String source, String keyId, @Nullable String name, @Nullable String rule,
		@Nullable String before, @Nullable String after) {

	/**
	 * What can differ between two runs.
	 */
	public enum Change {

		/** Only the later run has the finding open. */
		FINDING_OPENED,

		/** The later run has it at VIOLATION. */
		FINDING_RAISED,

		/** The later run has it at WARN. */
		FINDING_LOWERED,

		/** Only the earlier run has it open. */
		FINDING_ENDED,

		/** Only the later run has read the key. */
		KEY_APPEARED,

		/** Only the earlier run has read it. */
		KEY_GONE,

		/** Its status is another. */
		STATUS,

		/** Its owner is another. */
		OWNER,

		/** Its project is another. */
		PROJECT,

		/** Its name is another. */
		NAME

	}

}
