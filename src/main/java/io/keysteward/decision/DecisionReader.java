package io.keysteward.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.keysteward.decision.DecisionRow.Other;
import io.keysteward.decision.DecisionRow.Relation;
import io.keysteward.key.KeyId;
import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.run.DecisionKind;
import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
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
 * @param sha256 the SHA-256 of the file
 * @param applied whether the file was applied before
 */
record DecisionReader(Run run, @Nullable Run newest, Instant now, AnswerReader answers,
		Map<KeyId, Decisions.Standing> standing, String sha256, boolean applied) {

	/**
	 * {@return the decision; empty: something is wrong with what was written}
	 * @param row the row
	 * @param key its key as the run has flagged it; null: it has flagged no such key
	 * @param since what has changed of it in the newest run, a line for each; null: there
	 * is none, or that has not read its source
	 * @param faults gets a line for each fault
	 */
	Optional<DecisionRow> read(FormRow row, @Nullable FlaggedRow key, @Nullable List<String> since, Faults faults) {
		Consumer<String> ofRow = (fault) -> faults.add(row.place(), fault);
		if (key == null) {
			ofRow.accept("run " + this.run.key() + " has flagged no such key; copy the whole row from its report");
			return Optional.empty();
		}
		return this.answers.read(row.answers(), ofRow).map((answer) -> {
			Decided made = new Decided(key.key(), key.createdAt(), answer.kind(), answer.endsAt(), answer.newOwner(),
					answer.reason(), answer.decidedBy());
			Decisions.Standing stands = this.standing.getOrDefault(key.key(), Decisions.Standing.NONE);
			boolean stored = this.applied || isStored(made, stands.inForce(made.kind()));
			if (!stored) {
				requireTimely(made, FormRow.Answers.isWritten(row.answers().until()), stands.newest(), ofRow);
			}
			return new DecisionRow(row.place().words(), key.name(), made,
					stored ? after(made, stands) : before(made, stands), stored, since(key.key(), since),
					remark(made, key));
		});
	}

	private boolean isStored(Decided made, Decisions.@Nullable Last last) {
		return last != null && last.runKey().equals(this.run.key()) && last.decided().equals(made);
	}

	private static List<Other> before(Decided made, Decisions.Standing stands) {
		List<Other> before = new ArrayList<>();
		Decisions.Last last = stands.inForce(made.kind());
		if (last != null) {
			before.add(new Other(Relation.BEFORE, last.decided()));
		}
		Decisions.Last approval = stands.inForce(DecisionKind.DISABLE);
		if (made.kind() == DecisionKind.NEW_OWNER && approval != null
				&& approval.decided().kind() == DecisionKind.DISABLE) {
			before.add(new Other(Relation.TAKEN_BACK, approval.decided()));
		}
		return before;
	}

	/** A file that was applied says what it said, whatever was decided since. */
	private List<Other> after(Decided made, Decisions.Standing stands) {
		Decisions.Last last = (made.kind() == DecisionKind.DISABLE) ? stands.newest() : stands.like(made.kind());
		return (last == null || last.sha256().equals(this.sha256) || last.decided().equals(made)) ? List.of()
				: List.of(new Other(Relation.AFTER, last.decided()));
	}

	private static @Nullable String remark(Decided made, FlaggedRow key) {
		return (made.kind() == DecisionKind.DISABLE && !key.idle())
				? "it has no finding IDLE, and without one no key is disabled" : null;
	}

	private void requireTimely(Decided made, boolean untilWritten, Decisions.@Nullable Last newest,
			Consumer<String> faults) {
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
			faults.accept(untilWritten
					? FindingsForm.UNTIL + " " + UtcDay.day(made.endsAt())
							+ " is over by now; write a later day, or decide in a later run's workbook"
					: "a permission by this workbook ended on " + UtcDay.day(made.endsAt())
							+ " (keysteward.exemptions.max-lifetime); decide in a later run's workbook");
		}
	}

	private static String decided(Decisions.Last last) {
		return SafeText.shortened(last.decided().decidedBy()) + " has decided '" + last.decided().kind().word()
				+ "' about this key in ";
	}

	private List<String> since(KeyId key, @Nullable List<String> since) {
		if (this.newest == null) {
			return List.of();
		}
		if (!this.newest.sources().contains(key.source())) {
			return List.of("run " + this.newest.key() + " has not read its source");
		}
		return (since != null) ? since : List.of();
	}

}
