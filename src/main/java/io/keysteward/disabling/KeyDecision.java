package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.run.Gate;
import io.keysteward.run.NoticeKind;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * The decision on one key: the closed gates with reasons, the earliest day, and the
 * notice for its owner in this run.
 *
 * @param closed the closed gates in order, each with its reason; empty: the key is due
 * @param dueAt the earliest time at which the key may be disabled; null: not known
 * @param round the notices that count
 * @param nextNotice {@code WARNING}, {@code REMINDER} or {@code FINAL}; null: none
 */
public record KeyDecision(Map<Gate, String> closed, @Nullable Instant dueAt, NoticeRound round,
		@Nullable NoticeKind nextNotice) {

	/**
	 * {@return the decision on the key}
	 * @param gates the gates of keys
	 * @param key the key
	 * @param closedForSource the gates that are closed for all keys of its source
	 * @param context what is the same for every key
	 */
	public static KeyDecision decide(KeyGates gates, Candidate key, Map<Gate, String> closedForSource,
			PlanContext context) {
		NoticeRound round = NoticeRound.select(key, context);
		Map<Gate, String> closed = gates.closed(key, round, context);
		closedForSource.forEach((gate, reason) -> closed.merge(gate, reason, (own, all) -> own + " " + all));
		Instant dueAt = dueAt(key, closed, round, context);
		return new KeyDecision(Collections.unmodifiableMap(closed), dueAt, round,
				nextNotice(closedForSource, closed, dueAt, round, context));
	}

	private static @Nullable Instant dueAt(Candidate key, Map<Gate, String> closed, NoticeRound round,
			PlanContext context) {
		Instant threshold = key.thresholdAt();
		boolean never = key.exemption() != null || Gate.keepOffTheWay(closed.keySet());
		boolean nobody = closed.containsKey(Gate.NOTICE) && context.whyNobody(key.contact()) != null;
		if (threshold == null || never || nobody) {
			return null;
		}
		DisablePolicy policy = context.policy();
		Instant now = context.asOf();
		Instant warned = (round.warnedAt() != null) ? round.warnedAt() : now;
		Instant last = (round.finalAt() != null) ? round.finalAt() : now;
		Instant announced = (round.announced() != null) ? round.announced() : now;
		return Stream
			.of(now, threshold, seen(key, context), warned.plus(policy.notice()), last.plus(policy.finalNotice()),
					announced)
			.max(Instant::compareTo)
			.orElseThrow();
	}

	/** The as-of plus a day for each day on which the finding has yet to be seen. */
	private static Instant seen(Candidate key, PlanContext context) {
		Candidate.Open finding = (key.disablingFinding() != null) ? key.disablingFinding() : key.idle();
		int missing = context.policy().minRuns() - ((finding != null) ? finding.seenDays() : 0);
		return context.asOf().plus(Duration.ofDays(Math.max(0, missing)));
	}

	/**
	 * Nobody is warned because of an unreliable source, or of a policy change that may be
	 * a mistake.
	 */
	private static @Nullable NoticeKind nextNotice(Map<Gate, String> closedForSource, Map<Gate, String> closed,
			@Nullable Instant dueAt, NoticeRound round, PlanContext context) {
		boolean unreliable = Stream.of(Gate.EXEMPT, Gate.FRESH, Gate.POLICY).anyMatch(closedForSource::containsKey);
		if (dueAt == null || unreliable || !closed.containsKey(Gate.NOTICE)) {
			return null;
		}
		DisablePolicy policy = context.policy();
		if (round.warnedAt() == null) {
			return dueAt.isAfter(context.asOf().plus(policy.notice())) ? null : NoticeKind.WARNING;
		}
		// By days, since a mail goes out minutes after the as-of that counts.
		boolean early = UtcDay.day(dueAt).isAfter(UtcDay.day(context.asOf().plus(policy.finalNotice())));
		if (round.finalAt() != null) {
			return null;
		}
		return early ? reminder(dueAt, round, context) : NoticeKind.FINAL;
	}

	/** A reminder moves no day, and is not needed by the gate. */
	private static @Nullable NoticeKind reminder(Instant dueAt, NoticeRound round, PlanContext context) {
		return context.policy()
			.reminders()
			.dueBy(dueAt, context.asOf())
			.filter((reminder) -> !round.hasNoticeSince(reminder.dueFrom(dueAt)))
			.map((reminder) -> NoticeKind.REMINDER)
			.orElse(null);
	}

	public boolean due() {
		return this.closed.isEmpty();
	}

	/**
	 * {@return the first closed gate; null: the key is due}
	 */
	public @Nullable Gate heldBy() {
		return this.closed.keySet().stream().findFirst().orElse(null);
	}

	/**
	 * {@return the reasons, one line for each closed gate}
	 */
	public String detail() {
		return this.closed.values()
			.stream()
			.map((reason) -> reason.replace('\n', ' '))
			.collect(Collectors.joining("\n"));
	}

	public String closedGates() {
		return Arrays.stream(Gate.values())
			.filter(this.closed::containsKey)
			.map(Gate::name)
			.collect(Collectors.joining(","));
	}

	/**
	 * {@return the decision if a gate of the run holds what no other gate holds}
	 * @param reason why, as a sentence
	 */
	KeyDecision heldBy(Gate gate, String reason) {
		return due() ? new KeyDecision(Map.of(gate, reason), this.dueAt, this.round, this.nextNotice) : this;
	}

	/**
	 * {@return the decision if no owner gets a notice in this run: without one there is
	 * no day}
	 */
	KeyDecision withoutNotice() {
		return (this.nextNotice != null) ? new KeyDecision(this.closed, null, this.round, null) : this;
	}

}
