package io.keysteward.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run: how it was started, and what its steps leave for those after
 * them. Everything else that a step needs is in the tables.
 */
final class RunAttempt {

	private final String runKey;

	private final Instant asOf;

	private final RunRequest request;

	private final Progress progress;

	private final SourceFaults faults = new SourceFaults();

	private final Map<String, SourceTraits> traits = new HashMap<>();

	private volatile @Nullable Exemptions exemptions;

	private volatile @Nullable Coverage coverage;

	private volatile @Nullable Failure unsentNotices;

	private boolean trialsEnded;

	private long lastAction;

	/**
	 * An attempt that begins.
	 * @param runKey the run's name
	 * @param asOf the instant that the run gets if it is new
	 * @param request what somebody asked for
	 * @param progress who hears how it gets on
	 */
	RunAttempt(String runKey, Instant asOf, RunRequest request, Progress progress) {
		this.runKey = runKey;
		this.asOf = asOf;
		this.request = request;
		this.progress = progress;
	}

	String runKey() {
		return this.runKey;
	}

	Instant asOf() {
		return this.asOf;
	}

	RunRequest request() {
		return this.request;
	}

	Progress progress() {
		return this.progress;
	}

	/**
	 * {@return what went wrong with which source}
	 */
	SourceFaults faults() {
		return this.faults;
	}

	/**
	 * Notes what is permitted in this run, and what else is written for some keys only.
	 */
	void permit(Exemptions permitted, Coverage covered) {
		this.exemptions = permitted;
		this.coverage = covered;
	}

	Exemptions exemptions() {
		return Objects.requireNonNull(this.exemptions, "the run has not been opened in this process");
	}

	/**
	 * {@return which exemptions and overrides have fitted some key}
	 */
	Coverage coverage() {
		return Objects.requireNonNull(this.coverage, "the run has not been opened in this process");
	}

	/**
	 * {@return what each source declares, as far as it was asked while keys are disabled}
	 */
	Map<String, SourceTraits> traits() {
		return this.traits;
	}

	/**
	 * {@return whether every key that was tried within its trial was looked at}
	 */
	boolean trialsEnded() {
		return this.trialsEnded;
	}

	void endTrials() {
		this.trialsEnded = true;
	}

	/**
	 * {@return the action that was tried last, so that none is tried twice; 0: none yet}
	 */
	long lastAction() {
		return this.lastAction;
	}

	void triedAction(long id) {
		this.lastAction = id;
	}

	/**
	 * {@return why owners could not be mailed, so that a next start has to; null: they
	 * were}
	 */
	@Nullable Failure unsentNotices() {
		return this.unsentNotices;
	}

	void noticesNotSent(@Nullable Failure why) {
		this.unsentNotices = why;
	}

}
