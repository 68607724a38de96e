package io.keysteward.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.insight.ActionHistory.Act;
import io.keysteward.insight.ActionHistory.ActionRecord;
import io.keysteward.insight.ActionHistory.Decided;
import io.keysteward.insight.ActionHistory.Mail;
import io.keysteward.insight.ActionHistory;
import io.keysteward.insight.FoundKey;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * Says of a key that was found whether it may be disabled, what was done to it, and what
 * its owner was told.
 */
final class KeyHistoryText {

	/** More of them are in the tables. */
	private static final int MOST = 10;

	private final FoundKey key;

	private final Run run;

	private final @Nullable Decided decision;

	private final List<ActionRecord> actions;

	private final List<Mail> mails;

	KeyHistoryText(FoundKey key, Run run, ActionHistory actions) {
		this.key = key;
		this.run = run;
		this.decision = actions.decided(run.id(), key.source(), key.keyId()).orElse(null);
		this.actions = actions.done(key.source(), key.keyId(), MOST + 1);
		this.mails = actions.mails(key.source(), key.keyId(), MOST + 1);
	}

	/**
	 * {@return the key's status as it was read, and what Keysteward has done to it since}
	 */
	String status() {
		String since = this.actions.stream()
			.filter(KeyHistoryText::changedTheKey)
			.findFirst()
			.filter((last) -> !last.at().isBefore(this.run.state().startedAt()))
			.map((last) -> " when it was read, " + words(last.outcome()) + " since")
			.orElse("");
		return this.key.status() + since;
	}

	/**
	 * {@return the lines to print; none where there is nothing to say}
	 */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		if (this.decision != null) {
			lines.add("  disabling  " + words(this.decision));
		}
		List<Event> events = Stream
			.concat(this.actions.stream().map((action) -> new Event(action.at(), words(action))),
					this.mails.stream().map((mail) -> new Event(mail.at(), words(mail))))
			.sorted(Comparator.comparing(Event::at).reversed())
			.toList();
		events.stream()
			.limit(MOST)
			.forEach((event) -> lines.add("  history    " + time(event.at()) + "  " + event.words()));
		if (events.size() > MOST) {
			lines.add("  history    older ones are in the tables key_action and notice");
		}
		return lines;
	}

	private String words(Decided decided) {
		Outcome outcome = decided.outcome();
		if (outcome == null) {
			return decided.due() ? due(decided) : held(decided);
		}
		return (outcome == Outcome.WOULD_DISABLE) ? "would be disabled: run with --disable" + why(decided.detail())
				: words(outcome) + in(this.run.key(), decided.restoredBy()) + why(decided.detail());
	}

	private static String held(Decided decided) {
		return "held by " + String.join(", ", decided.closedGates())
				+ ((decided.dueAt() != null) ? "; due from " + time(decided.dueAt()) + " if unused" : "")
				+ why(decided.detail());
	}

	private static String due(Decided decided) {
		return "due; "
				+ ((decided.detail() != null) ? "it could not be disabled yet" : "what became of it is not known yet")
				+ why(decided.detail());
	}

	private static String words(ActionRecord action) {
		String what = changedTheKey(action) ? words(action.outcome())
				: ((action.action() == Act.DISABLE) ? "disabling: " : "restoring: ") + words(action.outcome());
		return what + in(action.runKey(), action.restoredBy()) + why(action.detail());
	}

	private static String words(Mail mail) {
		String what = "mail " + mail.kind() + " to " + SafeText.visible(mail.recipient());
		return what + switch (mail.status()) {
			case SENT -> ": taken by the mail server";
			case FAILED -> ": NOT taken";
			case PENDING, SENDING -> ": not sent yet";
		} + in(mail.runKey(), null) + why(mail.detail());
	}

	private static boolean changedTheKey(ActionRecord action) {
		return action.outcome() == Outcome.DISABLED || action.outcome() == Outcome.RESTORED;
	}

	private static String in(String runKey, @Nullable String restoredBy) {
		return " in run " + SafeText.visible(runKey)
				+ ((restoredBy != null) ? ", restored in run " + SafeText.visible(restoredBy) : "");
	}

	private static String words(Outcome outcome) {
		return switch (outcome) {
			case DISABLED -> "disabled";
			case RESTORED -> "restored";
			case SKIPPED_CHANGED -> "left alone, changed since it was read,";
			case FAILED, WOULD_DISABLE -> "failed";
		};
	}

	private static String why(@Nullable String detail) {
		return (detail != null && !detail.isBlank()) ? ". " + SafeText.visible(detail) : "";
	}

	private static String time(Instant instant) {
		return UtcMinute.of(instant);
	}

	private record Event(Instant at, String words) {
	}

}
