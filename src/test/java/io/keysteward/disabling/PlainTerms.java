package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ReferenceModel} is told of a configuration.
 *
 * @param margin granularity plus uncertainty
 * @param effective how long a disabling takes to be in effect, and the granularity
 * @param trial how long after it an attempt switches the key on again
 * @param reminder how long before the day a reminder is sent
 * @param approvalValid how long a decision to disable counts
 * @param inWindow whether keys may be disabled at an as-of
 */
record PlainTerms(Duration idleWarn, Duration idleViolation, Duration margin, Duration uncertainty,
		Duration orphanedGrace, int minRuns, Duration notice, Duration finalNotice, Duration noticeValid,
		Duration maxGap, Duration aliveWithin, int maxKeys, int maxPercent, Duration effective, Duration trial,
		Duration reminder, Duration approvalValid, Predicate<Instant> inWindow) {

	PlainTerms withIdleViolation(Duration idleViolation) {
		return new PlainTerms(this.idleWarn, idleViolation, this.margin, this.uncertainty, this.orphanedGrace,
				this.minRuns, this.notice, this.finalNotice, this.noticeValid, this.maxGap, this.aliveWithin,
				this.maxKeys, this.maxPercent, this.effective, this.trial, this.reminder, this.approvalValid,
				this.inWindow);
	}

	/**
	 * A permission. What is null does not narrow it.
	 *
	 * @param rules the rules that may be broken; empty: all
	 * @param expires the first instant without it
	 */
	record Exemption(String id, String source, @Nullable String key, @Nullable String project, @Nullable String owner,
			Set<String> rules, Instant expires) {

		boolean covers(KeyFacts facts, String rule, Instant asOf) {
			return asOf.isBefore(this.expires) && this.source.equals(facts.ref().source())
					&& (this.key == null || this.key.equals(facts.ref().key()))
					&& (this.project == null || this.project.equals(facts.project()))
					&& (this.owner == null || this.owner.equals(facts.owner()))
					&& (this.rules.isEmpty() || this.rules.contains(rule));
		}

	}

	/**
	 * What is expected of one key that is a candidate.
	 *
	 * @param closed all closed gates but the breaker
	 */
	record Verdict(String decision, @Nullable String heldBy, Set<String> closed, @Nullable String outcome,
			@Nullable String nextNotice, @Nullable Instant warnedAt, @Nullable Instant finalAt) {

		Verdict(String decision, @Nullable String heldBy, Set<String> closed, @Nullable String outcome,
				@Nullable String nextNotice, @Nullable Instant warnedAt, @Nullable Instant finalAt) {
			this.decision = decision;
			this.heldBy = heldBy;
			// Of a key that is not due anyway, the other gates say little.
			boolean due = closed.stream().noneMatch(Set.of("EXEMPT", "KIND", "REFERENCED", "LEVEL")::contains);
			this.closed = due ? new TreeSet<>(closed) : Set.of();
			this.outcome = outcome;
			this.nextNotice = nextNotice;
			this.warnedAt = warnedAt;
			this.finalAt = finalAt;
		}

		/** The same, disabled, or held by the breaker where it would have been due. */
		Verdict settled(boolean disable, boolean breaker) {
			if (!this.decision.equals("DUE")) {
				return this;
			}
			return breaker
					? new Verdict("HELD", "BREAKER", this.closed, null, this.nextNotice, this.warnedAt, this.finalAt)
					: new Verdict("DUE", null, this.closed, disable ? "DISABLED" : "WOULD_DISABLE", this.nextNotice,
							this.warnedAt, this.finalAt);
		}

	}

}
