package io.keysteward.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.keysteward.run.Gate;
import io.keysteward.run.RunHold;
import io.keysteward.text.Plural;

/**
 * Says what a forecast comes to.
 */
public final class ForecastText {

	private final Forecast forecast;

	public ForecastText(Forecast forecast) {
		this.forecast = forecast;
	}

	/**
	 * {@return the most important sentence}
	 */
	public String verdict() {
		long disabled = this.forecast.count(ForecastStep.Kind.DISABLED);
		if (disabled > 0) {
			ForecastNight first = first(ForecastStep.Kind.DISABLED);
			ForecastNight most = most(ForecastStep.Kind.DISABLED);
			return Plural.of(disabled, "key") + " would be disabled in " + nights() + ", the first on " + first.day()
					+ ", the most on " + most.day() + " (" + most.count(ForecastStep.Kind.DISABLED) + ")"
					+ (isBacklogLeft() ? "; and " + backlog() + "." : ".");
		}
		if (isBacklogLeft()) {
			return "NO KEY WOULD BE DISABLED in " + nights() + ": " + backlog() + ".";
		}
		if (isNobodyWarned()) {
			List<ForecastNight> held = this.forecast.heldBy(Gate.WARNINGS);
			return "NOBODY WOULD BE WARNED, AND NO KEY DISABLED, in " + nights() + ": on " + held.size()
					+ " of them more would be warned at once than keysteward.notices allows, and no night clears that.";
		}
		return "No key would be disabled in " + nights() + ": "
				+ (this.forecast.keys().isEmpty() ? "none is idle or orphaned." : "none gets past every gate in them.");
	}

	/**
	 * {@return for each gate that holds whole nights, on how many, and why}
	 */
	public List<String> holds() {
		List<String> lines = new ArrayList<>();
		for (Gate gate : this.forecast.gates()) {
			List<ForecastNight> held = this.forecast.heldBy(gate);
			ForecastNight last = held.get(held.size() - 1);
			lines.add(gate + " is closed on " + Plural.of(held.size(), "night") + ", "
					+ ((held.size() > 1) ? held.get(0).day() + " to " + last.day() : "on " + last.day()) + ": "
					+ last.hold(gate).map(RunHold::detail).orElse(""));
		}
		return lines;
	}

	private String nights() {
		return (this.forecast.nights().size() == 1) ? "the night of " + this.forecast.first()
				: "the " + this.forecast.nights().size() + " nights from " + this.forecast.first() + " to "
						+ this.forecast.last();
	}

	/** The bounds of one night may never be met by what has piled up. */
	private boolean isBacklogLeft() {
		return lastNight().overBound() > 0;
	}

	private String backlog() {
		List<ForecastNight> held = this.forecast.heldBy(Gate.BREAKER);
		long due = lastNight().overBound();
		return "on the last night " + Plural.of(due, "key") + Plural.word(due, " is", " are")
				+ " due, more than one night may disable, and so none is; it is so on "
				+ Plural.of(held.size(), "night") + ", and no night clears it (BREAKER)";
	}

	private boolean isNobodyWarned() {
		return lastNight().hold(Gate.WARNINGS).isPresent() && this.forecast.count(ForecastStep.Kind.WARNING) == 0;
	}

	private ForecastNight lastNight() {
		return this.forecast.nights().get(this.forecast.nights().size() - 1);
	}

	private ForecastNight first(ForecastStep.Kind kind) {
		return this.forecast.nights().stream().filter((night) -> night.count(kind) > 0).findFirst().orElseThrow();
	}

	/** The earliest of them. */
	private ForecastNight most(ForecastStep.Kind kind) {
		return this.forecast.nights()
			.stream()
			.max(Comparator.<ForecastNight>comparingLong((night) -> night.count(kind))
				.thenComparing(ForecastNight::day, Comparator.reverseOrder()))
			.orElseThrow();
	}

}
