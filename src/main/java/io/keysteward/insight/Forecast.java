package io.keysteward.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.keysteward.run.Gate;
import io.keysteward.run.Run;

/**
 * What the coming nights would do, as a rehearsal of them did it. Every number is counted
 * from the steps. Text is untrusted.
 *
 * @param inventory the run whose inventory it started from
 * @param madeAt when it was made
 * @param requestedBy who asked for it
 * @param armedOn from this night on keys are disabled
 * @param assumptions what it assumes, a sentence each
 * @param nights the nights in order, at least one
 * @param keys every key that some night did something with or that is waiting at the end
 */
public record Forecast(Run inventory, Instant madeAt, String requestedBy, LocalDate armedOn, List<String> assumptions,
		List<ForecastNight> nights, List<ForecastKey> keys) {

	public LocalDate first() {
		return this.nights.get(0).day();
	}

	public LocalDate last() {
		return this.nights.get(this.nights.size() - 1).day();
	}

	/**
	 * {@return how often some night takes this step}
	 */
	public long count(ForecastStep.Kind kind) {
		return this.nights.stream().mapToLong((night) -> night.count(kind)).sum();
	}

	/**
	 * {@return what all nights do, in order}
	 */
	public List<ForecastStep> steps() {
		return this.nights.stream().flatMap((night) -> night.steps().stream()).toList();
	}

	/**
	 * {@return the number of mails to owners}
	 */
	public long mails() {
		return this.nights.stream().mapToLong(ForecastNight::mails).sum();
	}

	/**
	 * {@return the nights that are held by this gate, as a whole or for a source}
	 */
	public List<ForecastNight> heldBy(Gate gate) {
		return this.nights.stream().filter((night) -> night.hold(gate).isPresent()).toList();
	}

	/**
	 * {@return the gates that hold a night, in their order}
	 */
	public Set<Gate> gates() {
		Set<Gate> gates = new TreeSet<>();
		this.nights.forEach((night) -> night.holds().forEach((hold) -> gates.add(hold.gate())));
		return gates;
	}

}
