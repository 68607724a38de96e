package io.keysteward.decision;

import java.util.List;

import io.keysteward.text.SafeText;
import io.keysteward.xlsx.SavedCell;
import org.jspecify.annotations.Nullable;

/**
 * A row of a filled sheet {@code Findings}. Text is untrusted.
 *
 * @param place where it is
 * @param hidden whether the program hides it
 * @param mark its mark, as it is written; empty: it has none
 * @param evidence what its cells of evidence hold, in the order of the report
 * @param answers what people wrote
 */
record FormRow(Place place, boolean hidden, String mark, List<String> evidence, Answers answers) {

	/**
	 * {@return what is needed of a row once its evidence was compared}
	 * @param before the row before it, with which it may share its texts; null: there is
	 * none
	 */
	FormRow answered(@Nullable FormRow before) {
		return new FormRow(this.place, this.hidden, "", List.of(),
				(before != null) ? this.answers.sharing(before.answers) : this.answers);
	}

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

		/** Many rows have one answer. */
		private Answers sharing(Answers before) {
			return new Answers(shared(this.decision, before.decision), shared(this.until, before.until),
					shared(this.newOwner, before.newOwner), shared(this.reason, before.reason),
					shared(this.decidedBy, before.decidedBy));
		}

		private static @Nullable SavedCell shared(@Nullable SavedCell cell, @Nullable SavedCell before) {
			return (cell != null && cell.equals(before)) ? before : cell;
		}

		static boolean isWritten(@Nullable SavedCell cell) {
			return cell != null && (cell.formula() || !SafeText.isBlank(cell.text()));
		}

	}

}
