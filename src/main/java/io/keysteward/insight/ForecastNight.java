package io.keysteward.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.keysteward.run.Gate;
import io.keysteward.run.RunHold;

/**
 * A rehearsed night.
 *
 * @param day its day (UTC)
 * @param asOf its one instant
 * @param steps what it did
 * @param mails the number of mails to owners
 * @param overBound the keys that only the gate BREAKER held
 * @param holds the gates that were closed for the whole night or a source
 */
public record ForecastNight(LocalDate day, Instant asOf, List<ForecastStep> steps, long mails, long overBound,
		List<RunHold> holds) {

	/**
	 * {@return how many keys it takes this step with}
	 */
	public long count(ForecastStep.Kind kind) {
		return this.steps.stream().filter((step) -> step.kind() == kind).count();
	}

	/**
	 * {@return the gates that hold the night as a whole or a source, for people; empty:
	 * none}
	 */
	public String heldBy() {
		return this.holds.stream().map((hold) -> hold.gate().name()).distinct().collect(Collectors.joining(", "));
	}

	/**
	 * {@return why the gate was closed, if it was}
	 */
	public Optional<RunHold> hold(Gate gate) {
		return this.holds.stream().filter((hold) -> hold.gate() == gate).findFirst();
	}

}
