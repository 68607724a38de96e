package io.keysteward.config;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.Rehearsal;
import io.keysteward.job.EmptySource;
import io.keysteward.job.RunExemptions;
import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;

import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Reads and judges the keys of one source as a run would, and rehearses disabling.
 */
@Lazy
@Component
final class SourceTrial {

	/** Runs are counted from 1. */
	private static final long NO_RUN = 0;

	private final Policy policy;

	private final List<Rule> rules;

	private final RunExemptions exemptions;

	private final DisablePolicy disabling;

	private final EmptySource empty;

	private final Clock clock;

	SourceTrial(Policy policy, List<Rule> rules, RunExemptions exemptions, DisablePolicy disabling, EmptySource empty,
			Clock clock) {
		this.policy = policy;
		this.rules = rules;
		this.exemptions = exemptions;
		this.disabling = disabling;
		this.empty = empty;
		this.clock = clock;
	}

	/**
	 * {@return the result in words}
	 */
	String run(Trial trial, KeySource source) {
		Instant now = this.clock.instant();
		Exemptions permitted = exemptions(now);
		TrialReading.Result read = new TrialReading(this.policy, this.rules, permitted,
				trial.coverage(permitted, this.policy), now)
			.read(source, trial.mostKeys());
		if (read.keys() == 0) {
			requireAlwaysEmpty(source);
			trial.warned("source " + source.id(),
					"no key at all: see whether it is the right place, and whether the login may see all keys");
		}
		if (read.example() != null) {
			requireSomeJudged(source, read);
			trial.warned("source " + source.id(), Plural.of(read.dataErrors(), "key")
					+ " would not be judged, for errors in the data, such as " + read.example());
		}
		return read.text() + "; " + switchesKeys(trial, source, read.longestUnused());
	}

	/** A source of which no key can be judged is not ready, whatever can be read. */
	private static void requireSomeJudged(KeySource source, TrialReading.Result read) {
		if (read.judgesNothing()) {
			throw Failure.configuration("source '" + source.id() + "': no key would be judged, and "
					+ Plural.of(read.dataErrors(), "key") + " would not be for errors in the data, such as "
					+ read.example() + "; correct " + source.definitionFile() + ", or the data");
		}
	}

	/** Before the first run there are no tables; their own check reports their faults. */
	private void requireAlwaysEmpty(KeySource source) {
		try {
			this.empty.requireAlwaysEmpty(source.id());
		}
		catch (DataAccessException ex) {
			// Nothing is known of an earlier run.
		}
	}

	/** Their own check reports their faults. */
	private Exemptions exemptions(Instant now) {
		try {
			return this.exemptions.read(now);
		}
		catch (DataAccessException ex) {
			return this.exemptions.written(now);
		}
		catch (RuntimeException ex) {
			return Exemptions.none(now);
		}
	}

	/** Disabling has to work only if it is armed. */
	private String switchesKeys(Trial trial, KeySource source, List<KeyRecord> keys) {
		String obstacle = source.disabling().obstacle();
		if (obstacle != null) {
			return "cannot disable: " + obstacle;
		}
		boolean armed = this.disabling.armed();
		Rehearsal rehearsal = Rehearsal.perform(source, keys, NO_RUN, this.clock.instant());
		if (rehearsal.failure() == null && rehearsal.changed() == null) {
			return (armed ? "may disable: " : "could disable, and is not armed: ") + rehearsal.words();
		}
		if (armed && !rehearsal.isTransient()) {
			throw (rehearsal.failure() != null) ? rehearsal.failure()
					: Failure.configuration("source '" + source.id() + "': " + rehearsal.words() + "; let its "
							+ source.definitionFile() + " return nothing that changes by itself");
		}
		trial.warned("source " + source.id(),
				rehearsal.isTransient() ? "disabling could not be rehearsed now: " + rehearsal.words()
						: "could not disable as it is, and is not armed: " + rehearsal.words());
		return armed ? "whether it may disable is not known" : "see above";
	}

}
