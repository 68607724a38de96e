package io.keysteward.insight;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.key.Level;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * Why a run treats a key as it does: what each rule says of it, and each gate. Text is
 * untrusted.
 *
 * @param run the run
 * @param key the key as the run has read it
 * @param rules what each rule says, in the order of the policy
 * @param gates what each gate says, closed ones first; empty: none was asked
 * @param dueAt the earliest time at which it may be disabled if nothing changes; null:
 * not in sight
 * @param history what was decided, done and told
 */
public record KeyExplanation(Run run, FoundKey key, List<RuleLine> rules, List<GateLine> gates, @Nullable Instant dueAt,
		KeyHistory history) {

	/**
	 * {@return what becomes of the key and what decides that, in one sentence}
	 */
	public String verdict() {
		return switch (this.key.judgement()) {
			case DATA_ERROR, NOT_GOVERNED, NOT_ACTIVE -> "It is not judged: "
					+ this.key.judged().substring("no, ".length()) + ". What is not judged is never disabled.";
			case JUDGED -> this.key.findings().isEmpty() ? "Nothing is wrong with it." : judged();
		};
	}

	private String judged() {
		String decided = this.history.disabling();
		if (decided == null && this.rules.stream().anyMatch(RuleLine::isPlannedFor)) {
			return "The run ended before it planned what becomes of it.";
		}
		if (decided == null) {
			return "It has a finding (" + this.key.judged() + "), and only IDLE or ORPHANED ever leads to disabling.";
		}
		List<Gate> closed = closed();
		if (closed.isEmpty()) {
			return "Every gate is open: " + decided + ".";
		}
		return "It is not disabled: held by " + closed.stream().map(Gate::name).collect(Collectors.joining(", ")) + ". "
				+ when(this.dueAt)
				+ ((this.run.mode() == RunMode.REPORT) ? " The run only reported: it was to disable nothing." : "");
	}

	private String when(@Nullable Instant due) {
		if (due == null) {
			return "No day is in sight.";
		}
		return due.isAfter(this.run.asOf())
				? "It may be disabled from " + UtcDay.day(due) + " on, if nobody uses it"
						+ (closed().contains(Gate.APPROVAL) ? " and somebody approves it." : ".")
				: "It is due as soon as " + ((closed().size() > 1) ? "these gates open." : "this gate opens.");
	}

	/** Those that hold keys. */
	private List<Gate> closed() {
		return this.gates.stream()
			.filter((line) -> line.state() == GateState.CLOSED && line.gate() != Gate.WARNINGS)
			.map(GateLine::gate)
			.toList();
	}

	/**
	 * What a rule says of the key.
	 *
	 * @param rule its code
	 * @param level the level of the finding; null: there is none, or it is exempt
	 * @param since from when the finding is open; null: it is not
	 * @param violationAt when it becomes a violation, or became one; null: not by time
	 * @param exemptBy the exemption that covers it; null: none
	 * @param reason why; null: it finds no fault, or the key was not judged
	 * @param definition what the rule says of keys
	 * @param settings its settings for this key, such as {@code idle.warn 60d}
	 */
	public record RuleLine(String rule, @Nullable Level level, @Nullable Instant since, @Nullable Instant violationAt,
			@Nullable String exemptBy, @Nullable String reason, String definition, List<String> settings) {

		/**
		 * {@return whether a run plans for a key with this finding}
		 */
		public boolean isPlannedFor() {
			return this.reason != null && (this.rule.equals("IDLE") || this.rule.equals("ORPHANED"));
		}

	}

	/**
	 * {@return what a rule says in one word}
	 */
	public RuleState state(RuleLine rule) {
		if (this.key.judgement() != Judgement.JUDGED) {
			return RuleState.NOT_JUDGED;
		}
		return (rule.reason() == null) ? RuleState.NO_FAULT
				: (rule.exemptBy() != null) ? RuleState.EXEMPT : RuleState.FOUND;
	}

	/**
	 * What a rule says of a key, in one word.
	 */
	public enum RuleState {

		/** It finds a fault. */
		FOUND,

		/** It finds a fault that an exemption covers. */
		EXEMPT,

		/** It finds none. */
		NO_FAULT,

		/** The key was not judged. */
		NOT_JUDGED

	}

	/**
	 * What a gate says of the key.
	 *
	 * @param gate the gate
	 * @param state whether it holds the key
	 * @param reason why, with its values
	 * @param opens what would open it; null: it is not closed
	 * @param opensAt when, if nothing else happens; null: that is not a matter of time
	 */
	public record GateLine(Gate gate, GateState state, String reason, @Nullable String opens,
			@Nullable Instant opensAt) {
	}

	/**
	 * Whether a gate holds a key.
	 */
	public enum GateState {

		/** It holds the key. */
		CLOSED,

		/** It does not. */
		OPEN,

		/** Another gate makes its answer meaningless. */
		NOT_ASKED

	}

}
