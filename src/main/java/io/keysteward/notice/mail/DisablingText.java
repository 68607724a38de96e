package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.DisablingSummary;
import io.keysteward.insight.RunIncidents;
import io.keysteward.insight.RunIncidents.Events;
import io.keysteward.insight.RunIncidents.Unsent;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunMode;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The governance mail's text about disabling.
 */
final class DisablingText {

	private final boolean reportOnly;

	private final @Nullable ActionTotals totals;

	private final Events events;

	DisablingText(Run run, Events events) {
		Totals all = run.totals();
		this.reportOnly = run.mode() == RunMode.REPORT;
		this.totals = (all != null) ? all.actions() : null;
		this.events = events;
	}

	/**
	 * {@return the beginning of the subject; empty: no alarm}
	 */
	String alarmed() {
		int alarms = this.events.alarms().size();
		return (alarms > 0) ? "ALARM for " + MailFormat.count(alarms, "disabled key") + ", " : "";
	}

	/**
	 * {@return the end of the subject}
	 */
	String outcome() {
		return disablingOutcome()
				+ (this.events.holds().stream().anyMatch(RunHold::ofWarnings) ? ", warnings HELD" : "");
	}

	private String disablingOutcome() {
		if (this.reportOnly) {
			boolean unreadable = this.events.holds().stream().anyMatch((hold) -> hold.gate() == Gate.EXEMPT);
			return ", nothing disabled (report only)" + (unreadable ? ", HELD (EXEMPT)" : "");
		}
		if (this.totals == null) {
			return "";
		}
		String failed = (this.totals.failed() > 0) ? ", " + MailFormat.number(this.totals.failed()) + " FAILED" : "";
		if (this.totals.notYet() > 0) {
			failed = failed + ", " + MailFormat.number(this.totals.notYet()) + " NOT YET";
		}
		String held = DisablingSummary.held(this.events.holds(), this.totals.disabled());
		if (!held.isEmpty() && this.totals.disabled() == 0) {
			return ", disabling " + held + failed;
		}
		return ", " + ((this.totals.disabled() > 0) ? MailFormat.number(this.totals.disabled()) : "nothing")
				+ " disabled" + failed + (held.isEmpty() ? "" : ", " + held);
	}

	/**
	 * {@return a line for each alarm about a disabled key}
	 */
	List<String> alarms() {
		List<Alarm> alarms = this.events.alarms();
		List<String> lines = new ArrayList<>();
		alarms.stream()
			.limit(RunIncidents.MOST)
			.forEach((alarm) -> lines
				.add(SafeText.shortened(alarm.source() + "/" + alarm.keyId()) + ": " + alarm.sentence()));
		more(lines, alarms.size());
		return lines;
	}

	/**
	 * {@return the sentences on what was done and what was held}
	 */
	List<String> done() {
		List<String> lines = new ArrayList<>();
		if (this.reportOnly) {
			lines.add("Nothing was disabled: this run only reports.");
		}
		if (this.totals == null) {
			return this.reportOnly ? lines : List
				.of("Disabling was switched on. What was disabled, and what was held and why, is on the sheet Actions.");
		}
		if (this.reportOnly) {
			lines.add(keys(this.totals.wouldDisable(), "would be disabled if disabling was switched on."));
		}
		else {
			outcomes(this.totals, lines);
		}
		if (this.totals.held() > 0) {
			lines.add(keys(this.totals.held(), Plural.word(this.totals.held(), "is", "are") + " held: ")
					+ gates(this.totals));
		}
		this.events.holds().forEach((hold) -> lines.add(SafeText.shortened(hold.sentence())));
		return lines;
	}

	private static void outcomes(ActionTotals totals, List<String> lines) {
		lines.add(keys(totals.disabled(), were(totals.disabled()) + " disabled."
				+ ((totals.disabled() > 0) ? " The sheet Actions has the command that undoes it." : "")));
		if (totals.skippedChanged() > 0) {
			lines.add(keys(totals.skippedChanged(),
					were(totals.skippedChanged()) + " left alone: changed or used since the source was read."));
		}
		if (totals.failed() > 0) {
			lines.add(keys(totals.failed(), "could not be disabled. The sheet Actions says why."));
		}
		if (totals.notYet() > 0) {
			lines.add(keys(totals.notYet(), "could not be disabled yet. The next start of the run tries again, and"
					+ " sends this report anew. The sheet Actions says why."));
		}
		if (totals.unsettled() > 0) {
			lines.add(keys(totals.unsettled(), "may be disabled or not: that is not known yet."));
		}
	}

	/**
	 * {@return the notices to owners that a mail server or a channel did not take}
	 */
	List<String> unsent() {
		List<String> lines = new ArrayList<>();
		if (this.events.notSentReason() != null) {
			lines.add(
					"Not all owners could be told, so the run is not complete; its next start tells them, and sends this"
							+ " report anew: " + SafeText.shortened(this.events.notSentReason()));
		}
		lines.addAll(refused());
		return lines;
	}

	private List<String> refused() {
		List<Unsent> unsent = this.events.unsent();
		if (unsent.isEmpty()) {
			return List.of();
		}
		long all = unsent.get(0).allOfThem();
		List<String> lines = new ArrayList<>();
		lines.add(MailFormat.count(all, "notice") + " to owners " + were(all) + " not sent:");
		unsent.forEach((notice) -> lines
			.add(SafeText.shortened(notice.recipient()) + ": " + SafeText.shortened(notice.reason())));
		more(lines, all + 1);
		return lines;
	}

	private static void more(List<String> lines, long all) {
		if (all > lines.size()) {
			lines.add("and " + MailFormat.number(all - lines.size()) + " more.");
		}
	}

	private static String gates(ActionTotals totals) {
		return totals.heldBy()
			.stream()
			.map((gate) -> MailFormat.number(gate.keys()) + " by " + SafeText.shortened(gate.gate()))
			.collect(Collectors.joining(", ", "", "."));
	}

	private static String keys(long number, String rest) {
		return ((number > 0) ? MailFormat.count(number, "key") : "No key") + " " + rest;
	}

	private static String were(long number) {
		return Plural.word(Math.max(1, number), "was", "were");
	}

}
