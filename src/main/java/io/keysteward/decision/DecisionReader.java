package io.keysteward.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.key.KeyId;
import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.run.DecisionKind;
import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Makes a decision of a row of a filled workbook, with what is to be known of it before
 * it is stored.
 *
 * @param run the run that wrote the workbook
 * @param newest the newest run; null: it is that run
 * @param now the instant at which the file is read
 * @param answers reads what somebody wrote
 * @param standing the last decision about each key
 * @param applied whether the file was applied before
 */
record DecisionReader(Run run, @Nullable Run newest, Instant now, AnswerReader answers,
		Map<KeyId, Decisions.Standing> standing, boolean applied) {

	/**
	 * {@return the decision; empty: something is wrong with what was written}
	 * @param row the row
	 * @param key its key as the run has flagged it; null: it has flagged no such key
	 * @param later its key as the newest run has flagged it; null: it has not
	 * @param faults gets a line for each fault
	 */
	Optional<DecisionRow> read(FormRow row, @Nullable FlaggedKey key, @Nullable FlaggedKey later,
			Consumer<String> faults) {
		Consumer<String> ofRow = (fault) -> faults.accept(row.place() + ": " + fault);
		if (key == null) {
			ofRow.accept("run " + this.run.key() + " has flagged no such key; copy the whole row from its report");
			return Optional.empty();
		}
		return this.answers.read(row.answers(), ofRow).map((answer) -> {
			KeyId id = new KeyId(key.source(), key.keyId());
			Decided made = new Decided(id, key.createdAt(), answer.kind(), answer.endsAt(), answer.newOwner(),
					answer.reason(), answer.decidedBy());
			Decisions.Standing stands = this.standing.get(id);
			Decisions.Last last = (stands != null) ? stands.like(made.kind()) : null;
			Decisions.Last newest = (stands != null) ? stands.newest() : null;
			boolean stored = this.applied || isStored(made, last, newest);
			if (!stored) {
				requireTimely(made, newest, ofRow);
			}
			return new DecisionRow(row.place(), key, made, (last != null) ? last.decided() : null, stored,
					since(key, later));
		});
	}

	/** An approval that a new owner took back is not there any more. */
	private boolean isStored(Decided made, Decisions.@Nullable Last last, Decisions.@Nullable Last newest) {
		return last != null && last.runKey().equals(this.run.key()) && last.decided().equals(made)
				&& (made.kind() != DecisionKind.DISABLE || last.equals(newest));
	}

	private void requireTimely(Decided made, Decisions.@Nullable Last newest, Consumer<String> faults) {
		if (newest != null && newest.asOf().isAfter(this.run.asOf())) {
			faults.accept(decided(newest) + "the later workbook of run " + newest.runKey()
					+ "; decide in that one, or in a later one");
		}
		else if (newest != null && made.kind() == DecisionKind.DISABLE
				&& newest.decided().kind() == DecisionKind.NEW_OWNER && newest.runKey().equals(this.run.key())) {
			// Who has just become the owner was not asked.
			faults.accept(decided(newest) + "a workbook of the same run; decide in that of a later run");
		}
		if (made.endsAt() != null && !made.endsAt().isAfter(this.now)) {
			faults.accept(FindingsForm.UNTIL + " has passed; decide in a later workbook");
		}
	}

	private static String decided(Decisions.Last last) {
		return SafeText.shortened(last.decided().decidedBy()) + " has decided '" + last.decided().kind().word()
				+ "' about this key in ";
	}

	private List<String> since(FlaggedKey key, @Nullable FlaggedKey later) {
		if (this.newest == null) {
			return List.of();
		}
		if (!this.newest.sources().contains(key.source())) {
			return List.of("run " + this.newest.key() + " has not read its source");
		}
		return (later == null) ? List.of("run " + this.newest.key() + " has no finding for it")
				: Evidence.of(key).changed(Evidence.of(later));
	}

}
