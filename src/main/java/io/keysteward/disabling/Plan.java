package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is decided for one key: which gates are closed and why, when it becomes due if
 * nothing changes, and what its owner is to be told in this run.
 *
 * @param closed the closed gates in their order, each with its reason; empty: it is due
 * @param dueAt the earliest that it may be disabled; null: not in sight
 * @param rounds the notices that count
 * @param nextNotice {@code WARNING} or {@code FINAL}; null: none
 */
record Plan(Map<Gate, String> closed, @Nullable Instant dueAt, Rounds rounds, @Nullable String nextNotice) {

	private static final List<KeyGate> BY_KEY = List.of(new ExemptGate(), new KindGate());

	/**
	 * A finding that is exempt is not followed: of such a key these would say that it is
	 * in use, or that nobody was warned.
	 */
	private static final List<KeyGate> BY_FINDING = List.of(new LevelGate(), new ReenabledGate());

	/**
	 * What a key has to go through on its way to being disabled. One that is never
	 * disabled, or in use, is not on that way: that nobody was warned of it is as it
	 * should be.
	 */
	private static final List<KeyGate> ON_THE_WAY = List.of(new SeenBeforeGate(), new NoticeGate());

	/**
	 * {@return what is decided for the key}
	 * @param closedForSource the gates that are closed for all keys of its source
	 */
	static Plan of(Candidate key, Map<Gate, String> closedForSource, PlanTerms terms) {
		Rounds rounds = Rounds.of(key, terms);
		Map<Gate, String> closed = closed(BY_KEY, key, rounds, terms);
		if (!closed.containsKey(Gate.EXEMPT)) {
			closed.putAll(closed(BY_FINDING, key, rounds, terms));
		}
		boolean onTheWay = key.idle() != null && !closed.containsKey(Gate.KIND);
		if (onTheWay && !closed.containsKey(Gate.EXEMPT)) {
			closed.putAll(closed(ON_THE_WAY, key, rounds, terms));
		}
		closedForSource.forEach((gate, reason) -> closed.merge(gate, reason, (own, all) -> own + " " + all));
		Instant dueAt = dueAt(key, closed, rounds, terms);
		return new Plan(Collections.unmodifiableMap(closed), dueAt, rounds,
				nextNotice(closedForSource, closed, dueAt, rounds, terms));
	}

	private static Map<Gate, String> closed(List<KeyGate> gates, Candidate key, Rounds rounds, PlanTerms terms) {
		Map<Gate, String> closed = new EnumMap<>(Gate.class);
		for (KeyGate gate : gates) {
			String reason = gate.closed(key, rounds, terms);
			if (reason != null) {
				closed.put(gate.gate(), reason);
			}
		}
		return closed;
	}

	private static @Nullable Instant dueAt(Candidate key, Map<Gate, String> closed, Rounds rounds, PlanTerms terms) {
		Instant threshold = key.thresholdAt();
		boolean never = key.exemption() != null || closed.containsKey(Gate.KIND);
		boolean nobody = closed.containsKey(Gate.NOTICE) && terms.whyNobody(key.contact()) != null;
		if (threshold == null || never || nobody) {
			return null;
		}
		DisablePolicy policy = terms.policy();
		Instant now = terms.asOf();
		Instant warned = (rounds.warnedAt() != null) ? rounds.warnedAt() : now;
		Instant last = (rounds.finalAt() != null) ? rounds.finalAt() : now;
		Instant announced = (rounds.announced() != null) ? rounds.announced() : now;
		return Stream
			.of(now, threshold, seen(key, terms), warned.plus(policy.notice()), last.plus(policy.finalNotice()),
					announced)
			.max(Instant::compareTo)
			.orElseThrow();
	}

	/** One day for each that is missing. */
	private static Instant seen(Candidate key, PlanTerms terms) {
		Candidate.Open finding = (key.decisive() != null) ? key.decisive() : key.idle();
		int missing = terms.policy().minRuns() - ((finding != null) ? finding.seenDays() : 0);
		return terms.asOf().plus(Duration.ofDays(Math.max(0, missing)));
	}

	/**
	 * Nobody is warned by what a source says that cannot be relied on, or by a policy
	 * that may be a slip of the pen.
	 */
	private static @Nullable String nextNotice(Map<Gate, String> closedForSource, Map<Gate, String> closed,
			@Nullable Instant dueAt, Rounds rounds, PlanTerms terms) {
		boolean unreliable = Stream.of(Gate.EXEMPT, Gate.FRESH, Gate.POLICY).anyMatch(closedForSource::containsKey);
		if (dueAt == null || unreliable || !closed.containsKey(Gate.NOTICE)) {
			return null;
		}
		DisablePolicy policy = terms.policy();
		if (rounds.warnedAt() == null) {
			return dueAt.isAfter(terms.asOf().plus(policy.notice())) ? null : "WARNING";
		}
		// By days: a mail goes out some minutes after the as-of by which it is counted.
		boolean early = Sentences.day(dueAt).isAfter(Sentences.day(terms.asOf().plus(policy.finalNotice())));
		return (rounds.finalAt() != null || early) ? null : "FINAL";
	}

	boolean due() {
		return this.closed.isEmpty();
	}

	/**
	 * {@return the first closed gate; null: the key is due}
	 */
	@Nullable Gate heldBy() {
		return this.closed.keySet().stream().findFirst().orElse(null);
	}

	String detail() {
		return String.join(" ", this.closed.values());
	}

	String closedGates() {
		return Arrays.stream(Gate.values())
			.filter(this.closed::containsKey)
			.map(Gate::name)
			.collect(Collectors.joining(","));
	}

}
