package io.keysteward.disabling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import io.keysteward.disabling.KeyActions.Action;
import io.keysteward.key.KeyRecord;
import io.keysteward.run.Gate;
import io.keysteward.run.Outcome;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Disables due keys one by one: judges the key again, commits the intent, has the source
 * switch off an unchanged key, writes the outcome. A failure of one key never stops the
 * others.
 */
@Component
public class KeyDisabler {

	private static final Logger logger = LoggerFactory.getLogger(KeyDisabler.class);

	/** A key may have been used since: the next run looks again. */
	private static final Duration OLDEST_INVENTORY = Duration.ofHours(24);

	private final KeyActions actions;

	private final OutcomeRecovery settlement;

	private final Runs runs;

	private final DisablePolicy policy;

	private final Clock clock;

	KeyDisabler(KeyActions actions, OutcomeRecovery settlement, Runs runs, DisablePolicy policy, Clock clock) {
		this.actions = actions;
		this.settlement = settlement;
		this.runs = runs;
		this.policy = policy;
		this.clock = clock;
	}

	/**
	 * Disables the next due key if it is unchanged since it was read.
	 * @param run a run in mode {@code DISABLE}, planned
	 * @param after the result for the key before; 0 for the first
	 * @param sources finds a source by its id
	 * @param judges judges keys of a source again
	 * @return the value for the next call; empty: no key is left
	 */
	public OptionalLong next(Run run, long after, Function<String, KeySource> sources, Function<String, Judge> judges) {
		Optional<Action> next = this.actions.nextDue(run.id(), after);
		next.ifPresent((action) -> disable(run, action, sources, judges));
		return next.map((action) -> OptionalLong.of(action.id())).orElseGet(OptionalLong::empty);
	}

	/**
	 * {@return the number of keys of the run that are begun and have no outcome}
	 */
	public long unsettled(Run run) {
		return this.actions.unsettled("DISABLE").stream().filter((action) -> action.runId() == run.id()).count();
	}

	/**
	 * Rehearses disabling with a real key of a source that the run has read, and rolls it
	 * back.
	 * @return the result
	 */
	public Rehearsal rehearse(Run run, KeySource source) {
		List<KeyRecord> keys = this.actions.longestUnused(run.id(), source.id(),
				source.disabling().neverDisableKinds());
		return Rehearsal.perform(source, keys, run.id(), run.asOf());
	}

	private void disable(Run run, Action action, Function<String, KeySource> sources, Function<String, Judge> judges) {
		String closed = this.policy.window().closedAt(this.clock.instant());
		if (closed != null) {
			// The gate was open when the run was planned.
			hold(run, action, Gate.WINDOW, closed);
			return;
		}
		try {
			KeySource source = sources.apply(action.key().source());
			KeySwitch keySwitch = source.keySwitch(run.policy().places(source.id()));
			String obstacle = obstacle(run, source);
			if (obstacle != null) {
				settle(run, action, Outcome.FAILED, obstacle);
				return;
			}
			StoredKey key = this.actions.stored(action);
			Verdict now = Verdict.of(judges.apply(source.id()).judge(key.key(), key.knownUse()));
			if (!now.equals(key.verdict())) {
				settle(run, action, Outcome.SKIPPED_CHANGED, "It is judged anew: it was " + key.verdict().words()
						+ ", and is " + now.words() + ". It was left alone.");
				return;
			}
			// The run may have been continued after somebody decided otherwise.
			String notApproved = (this.policy.approvalValid() != null)
					? this.policy.notApproved(this.actions.approval(key.key()), run.asOf()) : null;
			if (notApproved != null) {
				hold(run, action, Gate.APPROVAL, notApproved);
				return;
			}
			if (!this.actions.intend(action)) {
				logger.error("run {}: key {} was left alone: another process has begun with it", run.key(),
						SafeText.visible(action.key().toString()));
				return;
			}
			String changed = keySwitch.disable(new KeySwitch.Order(key.key(), run.id(), run.asOf()),
					(undo) -> this.actions.undo(action, undo));
			settle(run, action, (changed == null) ? Outcome.DISABLED : Outcome.SKIPPED_CHANGED,
					(changed != null) ? "It is not as it was read: " + changed + ". It was left alone." : null);
		}
		catch (KeySwitch.UnknownOutcome ex) {
			logger.warn("run {}: key {}: {}; the source is asked", run.key(), SafeText.visible(action.key().toString()),
					ex.getMessage());
			this.settlement.settleDisabled(sources);
		}
		catch (Failure failure) {
			if (failure.kind() == Failure.Kind.RETRY) {
				postpone(run, action, failure.line());
			}
			else {
				settle(run, action, Outcome.FAILED, failure.line());
			}
		}
	}

	private void hold(Run run, Action action, Gate gate, String why) {
		this.actions.hold(action, gate, why);
		logger.warn("run {}: key {} is held by {}: {}", run.key(), SafeText.visible(action.key().toString()), gate,
				SafeText.visible(why));
	}

	private void postpone(Run run, Action action, String why) {
		this.actions.postpone(action, why);
		logger.error("run {}: key {} is not disabled yet: {}", run.key(), SafeText.visible(action.key().toString()),
				why);
	}

	private @Nullable String obstacle(Run run, KeySource source) {
		boolean same = run.policy()
			.sources()
			.stream()
			.filter((text) -> text.id().equals(source.id()))
			.map(PolicyDocument.SourceText::sha256)
			.anyMatch(source.definitionSha256()::equals);
		if (!same) {
			return "The source's definition is not the one by which the key was judged.";
		}
		Instant oldest = this.clock.instant().minus(OLDEST_INVENTORY);
		boolean recent = this.runs.sources(run.id())
			.stream()
			.filter((read) -> read.source().equals(source.id()))
			.map(RunSource::snapshotAt)
			.anyMatch((at) -> at != null && at.isAfter(oldest));
		return recent ? null : "The inventory is older than a day: the next run decides anew.";
	}

	private void settle(Run run, Action action, Outcome outcome, @Nullable String detail) {
		this.actions.settle(action, outcome, detail);
		String key = SafeText.visible(action.key().toString());
		if (outcome == Outcome.FAILED) {
			logger.error("run {}: key {} was not disabled: {}", run.key(), key,
					SafeText.visible(String.valueOf(detail)));
		}
		else {
			logger.info("run {}: key {}: {}", run.key(), key, outcome);
		}
	}

}
