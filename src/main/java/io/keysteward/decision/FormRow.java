package io.keysteward.decision;

import java.util.List;

import io.keysteward.xlsx.SavedCell;
import org.jspecify.annotations.Nullable;

/**
 * A row of a filled sheet {@code Findings}. Text is untrusted.
 *
 * @param place where it is, in words
 * @param hidden whether the program hides it
 * @param mark its mark, as it is written; empty: it has none
 * @param evidence what its cells of evidence hold, in the order of the report
 * @param answers what people wrote
 */
record FormRow(String place, boolean hidden, String mark, List<String> evidence, Answers answers) {

	/**
	 * What people wrote; null: nothing.
	 *
	 * @param decision one of the words
	 * @param until a day
	 * @param newOwner an address
	 * @param reason a sentence
	 * @param decidedBy a name
	 */
	record Answers(@Nullable SavedCell decision, @Nullable SavedCell until, @Nullable SavedCell newOwner,
			@Nullable SavedCell reason, @Nullable SavedCell decidedBy) {

		/**
		 * {@return whether somebody has decided}
		 */
		boolean isDecision() {
			return isWritten(this.decision);
		}

		/**
		 * {@return whether somebody has written something, and decided nothing}
		 */
		boolean isRemark() {
			return !isDecision() && (isWritten(this.until) || isWritten(this.newOwner) || isWritten(this.reason));
		}

		static boolean isWritten(@Nullable SavedCell cell) {
			return cell != null && (cell.formula() || !cell.text().isBlank());
		}

	}

}
