package io.keysteward.insight;

import java.time.Instant;

import io.keysteward.run.Gate;
import io.keysteward.text.Plural;
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
			case EXEMPT -> "No exemption covers its finding IDLE or ORPHANED.";
			case KIND -> ((this.key.kind() != null) ? "Its kind, '" + this.key.kind() + "', may be disabled"
					: "It has no kind, and may be disabled") + ", and its source can switch it off and on again.";
			case REFERENCED -> "Its source says that nothing else names it.";
			case LEVEL -> "It is past the disabling threshold"
					+ ((this.key.thresholdAt() != null) ? " since " + UtcDay.day(this.key.thresholdAt()) : "") + " ("
					+ thresholds() + ").";
			case REENABLED ->
				"Keysteward has not disabled it before, or its owner was warned anew since then, both times.";
			case APPROVAL -> this.key.isApprovalRequired()
					? "Somebody has decided to disable it, by a workbook that is not too old (" + approval() + ")."
					: "No approval is required.";
			case SEEN_BEFORE -> "Its finding was seen on "
					+ ((this.key.seenDays() != null) ? Plural.of(this.key.seenDays(), "day") : "enough different days")
					+ " (" + setting("disable.min-runs") + ").";
			case NOTICE ->
				"Its owner was warned" + on(this.key.warnedAt()) + ", and for the last time" + on(this.key.finalAt())
						+ " (" + setting("disable.notice") + ", " + setting("disable.final-notice") + ").";
			case POLICY -> "The policy and the definition of its source are those of the run before, or the change was"
					+ " accepted.";
			case FRESH -> "Its source was read whole and in time, and shows signs of life ("
					+ setting("disable.alive-within") + ").";
			case WINDOW ->
				"The time of the run lies in the allowed days and hours (" + setting("disable.window") + ").";
			case BREAKER -> "Few enough keys are due (" + bounds() + ").";
			case WARNINGS -> "It holds warnings to owners, and no key.";
		};
	}

	/** What whoever asks can do, or wait for. */
	String opens(Gate gate) {
		return switch (gate) {
			case EXEMPT -> this.key.exempt()
					? "Opens when its exemption ends, is taken out of the exemptions' file, or gives way to another decision."
					: "Opens with the first run that can read the exemptions' file and finds none for it.";
			case KIND ->
				"Does not open by itself: the source's definition says what it can disable, and which kinds never"
						+ " (docs/sources.md).";
			case REFERENCED ->
				"Opens with the first run in which nothing names it any more; its owner is warned after that,"
						+ " both times.";
			case LEVEL -> level();
			case REENABLED -> "Opens when its owner has been warned anew, both times.";
			case APPROVAL -> "Opens when somebody writes disable in the column Decision of a report's workbook, and the"
					+ " command decide takes it (" + approval() + ").";
			case SEEN_BEFORE -> "Opens when complete runs of " + this.key.setting("disable.min-runs")
					+ " different days have seen it, by their as-of and by the time of their reading ("
					+ setting("disable.min-runs") + ").";
			case NOTICE -> "Opens for a run " + this.key.setting("disable.notice")
					+ " after the first warning to its owner and " + this.key.setting("disable.final-notice")
					+ " after the last (disable.notice, disable.final-notice);"
					+ " owners are warned where keysteward.mail.warn-owners is true.";
			case POLICY ->
				(this.key.run().baselineId() == null) ? "Opens with the next run, which can compare with this one."
						: "Opens with the next run if nothing changes once more, or with run --accept-policy-change.";
			case FRESH ->
				"Opens with the first run that reads its source whole and in time, and finds signs of life in it ("
						+ setting("disable.alive-within") + ").";
			case WINDOW -> "Opens for a run whose time lies in it (" + setting("disable.window") + ").";
			case BREAKER -> "Opens when fewer keys are due, or the bounds are raised (" + bounds() + ").";
			case WARNINGS -> "Opens with run --accept-warnings, if so many warnings are meant.";
		};
	}

	/** The day on which a closed gate opens by itself, if that is a matter of time. */
	@Nullable Instant opensAt(Gate gate) {
		return switch (gate) {
			case EXEMPT -> this.key.exemptUntil();
			case LEVEL -> rises();
			case NOTICE -> later(this.key.dueAt());
			case KIND, REFERENCED, REENABLED, APPROVAL, SEEN_BEFORE, POLICY, FRESH, WINDOW, BREAKER, WARNINGS -> null;
		};
	}

	private String level() {
		if (this.key.isUseUnsure()) {
			return "Opens when its source shows when it was last used, and no older use than before.";
		}
		return (rises() != null) ? "Opens by itself if nobody uses it until then (" + thresholds() + ")."
				: "Opens when nobody has used it for long enough (" + thresholds() + ").";
	}

	private @Nullable Instant rises() {
		return this.key.isUseUnsure() ? null : later(this.key.thresholdAt());
	}

	private @Nullable Instant later(@Nullable Instant time) {
		return (time != null && time.isAfter(this.key.run().asOf())) ? time : null;
	}

	private String thresholds() {
		return setting("idle.violation") + "; " + setting("idle.warn") + " of an orphan past "
				+ setting("orphaned.grace");
	}

	private String bounds() {
		return setting("disable.max-keys") + ", " + setting("disable.max-percent");
	}

	private String approval() {
		return setting("disable.approval-valid");
	}

	private String setting(String name) {
		return name + " " + this.key.setting(name);
	}

	private static String on(@Nullable Instant at) {
		return (at != null) ? " on " + UtcDay.day(at) : "";
	}

}
