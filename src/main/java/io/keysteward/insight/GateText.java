package io.keysteward.insight;

import java.time.Instant;

import io.keysteward.run.Gate;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * Says of each gate why it is open for a key, and what opens it.
 */
final class GateText {

	private final PlannedKey key;

	/**
	 * The words for one key.
	 */
	GateText(PlannedKey key) {
		this.key = key;
	}

	/** With the values that the run has stored. */
	String open(Gate gate) {
		return switch (gate) {
			case EXEMPT -> "No exemption covers it.";
			case KIND -> ((this.key.kind() != null) ? "Its kind, '" + this.key.kind() + "', may be disabled"
					: "It has no kind, and may be disabled") + ", and its source can switch it off and on again.";
			case LEVEL -> "It is past the disabling threshold" + since(this.key.violationAt()) + " ("
					+ setting("idle.violation") + ").";
			case REENABLED -> "Nobody has switched it on again after Keysteward had disabled it.";
			case SEEN_BEFORE ->
				"Its finding was seen on " + this.key.seenDays() + " days; " + setting("disable.min-runs") + ".";
			case NOTICE ->
				"Its owner was warned" + on(this.key.warnedAt()) + ", and for the last time" + on(this.key.finalAt())
						+ " (" + setting("disable.notice") + ", " + setting("disable.final-notice") + ").";
			case POLICY -> "The policy and the definition of its source are those of the run before.";
			case FRESH -> "Its source was read whole and in time, and shows signs of life ("
					+ setting("disable.alive-within") + ").";
			case WINDOW ->
				"The time of the run lies in the allowed days and hours (" + setting("disable.window") + ").";
			case BREAKER -> "Few enough keys are due (" + setting("disable.max-keys") + ", "
					+ setting("disable.max-percent") + ").";
			case WARNINGS -> "It holds warnings to owners, and no key.";
		};
	}

	/** What whoever asks can do, or wait for. */
	String opens(Gate gate) {
		return switch (gate) {
			case EXEMPT -> (this.key.exemptUntil() != null)
					? "Opens when its exemption ends, or is taken out of the exemptions' file."
					: "Opens with the first run that can read the exemptions' file and finds none for it.";
			case KIND ->
				"Does not open by itself: what its source can disable, and which kinds never, is said in the source's"
						+ " definition (docs/sources.md).";
			case LEVEL -> (this.key.violationAt() != null)
					? "Opens by itself if nobody uses it until then (" + setting("idle.violation") + ")."
					: "Opens when it is idle past the threshold (" + setting("idle.violation") + ").";
			case REENABLED -> "Opens when its owner has been warned anew, both times.";
			case SEEN_BEFORE -> "Opens when complete runs of " + this.key.setting("disable.min-runs")
					+ " different days have seen it (" + setting("disable.min-runs") + ").";
			case NOTICE -> "Opens when its owner was warned long enough before a run, twice ("
					+ setting("disable.notice") + ", then " + setting("disable.final-notice") + ").";
			case POLICY -> "Opens with the next run if nothing changes once more, or with run --accept-policy-change.";
			case FRESH ->
				"Opens with the first run that reads its source whole and in time, and finds signs of life in it ("
						+ setting("disable.alive-within") + ").";
			case WINDOW -> "Opens for a run whose time lies in it (" + setting("disable.window") + ").";
			case BREAKER -> "Opens when fewer keys are due, or the bounds are raised (" + setting("disable.max-keys")
					+ ", " + setting("disable.max-percent") + ").";
			case WARNINGS -> "Opens with run --accept-warnings, if so many warnings are meant.";
		};
	}

	/** The day on which a closed gate opens by itself, if that is a matter of time. */
	@Nullable Instant opensAt(Gate gate) {
		return switch (gate) {
			case EXEMPT -> this.key.exemptUntil();
			case LEVEL -> later(this.key.violationAt());
			case SEEN_BEFORE, NOTICE -> later(this.key.dueAt());
			case KIND, REENABLED, POLICY, FRESH, WINDOW, BREAKER, WARNINGS -> null;
		};
	}

	private @Nullable Instant later(@Nullable Instant time) {
		return (time != null && time.isAfter(this.key.run().asOf())) ? time : null;
	}

	private String setting(String name) {
		return name + " " + this.key.setting(name);
	}

	private static String since(@Nullable Instant at) {
		return (at != null) ? " since " + UtcDay.day(at) : "";
	}

	private static String on(@Nullable Instant at) {
		return (at != null) ? " on " + UtcDay.day(at) : "";
	}

}
