package io.keysteward.insight;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.key.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * A key in a forecast. Text is untrusted.
 *
 * @param key its identity
 * @param name its name; null: none
 * @param maskedKey for display only
 * @param project its project's name or id; null: none
 * @param owner its owner's name or id; null: none
 * @param steps what the nights do with it, in order
 * @param end how it stands after the last night, in words
 */
public record ForecastKey(KeyId key, @Nullable String name, @Nullable String maskedKey, @Nullable String project,
		@Nullable String owner, List<ForecastStep> steps, String end) {

	/**
	 * {@return the last night that takes this step with it; null: none}
	 */
	public @Nullable LocalDate night(ForecastStep.Kind kind) {
		return this.steps.stream()
			.filter((step) -> step.kind() == kind)
			.map(ForecastStep::day)
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	/**
	 * {@return to whom mails about it go; null: nobody is mailed}
	 */
	public @Nullable String mailed() {
		return this.steps.stream().map(ForecastStep::owner).reduce((earlier, later) -> later).orElse(null);
	}

	/**
	 * {@return every step, in words}
	 */
	public String history() {
		return this.steps.stream()
			.map((step) -> step.day() + " " + step.kind().words())
			.collect(Collectors.joining("; "));
	}

}
