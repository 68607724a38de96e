package io.keysteward.decision;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A decision as it was understood, and what is to be known of it before it is stored.
 *
 * @param place the row of the file, in words
 * @param name the key's name as the run has flagged it; null: it has none. Untrusted
 * @param decided the decision
 * @param others what else was decided about the key
 * @param stored whether it is stored already
 * @param since what has changed of the key since the run, a line for each
 * @param remark what it does not do; null: nothing is to be said
 */
public record DecisionRow(String place, @Nullable String name, Decided decided, List<Other> others, boolean stored,
		List<String> since, @Nullable String remark) {

	/**
	 * Another decision about the key.
	 *
	 * @param relation what one is to the other
	 * @param decided the other one
	 */
	public record Other(Relation relation, Decided decided) {
	}

	/** What another decision is to one. */
	public enum Relation {

		/** It is in force, and is replaced by it. */
		BEFORE("before"),

		/** It is an approval that a new owner has not given. */
		TAKEN_BACK("this takes back"),

		/** It was made later, and is in force. */
		AFTER("replaced since by");

		private final String words;

		Relation(String words) {
			this.words = words;
		}

		/**
		 * {@return the words before the other decision}
		 */
		public String words() {
			return this.words;
		}

	}

}
