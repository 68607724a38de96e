package io.keysteward.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The one run that this process works on, for its steps.
 */
@Component
class ActiveRun {

	private final Runs runs;

	private volatile @Nullable Start start;

	private volatile @Nullable Exemptions exemptions;

	private volatile @Nullable Coverage coverage;

	ActiveRun(Runs runs) {
		this.runs = runs;
	}

	void begin(String runKey, Instant asOf, RunRequest request, Progress progress) {
		this.start = new Start(runKey, asOf, request, progress);
		this.exemptions = null;
	}

	/**
	 * Notes what is permitted in this run, and what else is written for some keys only.
	 */
	void permit(Exemptions permitted, Coverage covered) {
		this.exemptions = permitted;
		this.coverage = covered;
	}

	/**
	 * {@return what of it has fitted some key}
	 */
	Coverage coverage() {
		return Objects.requireNonNull(this.coverage, "the run has not been opened in this process");
	}

	Exemptions exemptions() {
		return Objects.requireNonNull(this.exemptions, "the run has not been opened in this process");
	}

	Start start() {
		return Objects.requireNonNull(this.start, "no run has begun in this process");
	}

	/**
	 * {@return whether this process has begun a run}
	 */
	boolean begun() {
		return this.start != null;
	}

	/**
	 * {@return the run's row as it is stored now, if it has been opened}
	 */
	Optional<Run> stored() {
		return this.runs.find(start().runKey());
	}

	/**
	 * {@return the run's row as it is stored now}
	 */
	Run row() {
		return stored().orElseThrow();
	}

	/**
	 * How the run was started.
	 *
	 * @param runKey its name
	 * @param asOf the instant that it gets if it is new
	 * @param request what somebody asked for
	 * @param progress who is told
	 */
	record Start(String runKey, Instant asOf, RunRequest request, Progress progress) {
	}

}
