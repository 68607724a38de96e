package io.keysteward.job;

import java.util.Objects;
import java.util.Optional;

import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Which run this process works on, for those who are asked by Spring Batch.
 */
@Component
class ActiveRun {

	private final Runs runs;

	private volatile @Nullable RunAttempt attempt;

	ActiveRun(Runs runs) {
		this.runs = runs;
	}

	void begin(RunAttempt begun) {
		this.attempt = begun;
	}

	RunAttempt attempt() {
		return Objects.requireNonNull(this.attempt, "no run has begun in this process");
	}

	/**
	 * {@return whether this process has begun a run}
	 */
	boolean begun() {
		return this.attempt != null;
	}

	/**
	 * {@return the run's row as it is stored now, if it has been opened}
	 */
	Optional<Run> stored() {
		return this.runs.find(attempt().runKey());
	}

	/**
	 * {@return the run's row as it is stored now}
	 */
	Run row() {
		return stored().orElseThrow();
	}

}
