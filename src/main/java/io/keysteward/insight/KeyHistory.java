package io.keysteward.insight;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.keysteward.insight.ActionHistory.Act;
import io.keysteward.insight.ActionHistory.ActionRecord;
import io.keysteward.insight.ActionHistory.Decided;
import io.keysteward.insight.ActionHistory.Mail;
import io.keysteward.run.Gate;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * Says of a key that was found whether it may be disabled, what became of it, what was
 * done to it, and what its owner was told.
 */
public final class KeyHistory {

	/** More of them are in the tables. */
	static final int MOST = 20;

	private final FoundKey key;

	private final Run run;

	private final @Nullable Decided decision;

	private final List<ActionRecord> actions;

	private final List<Mail> mails;

	private final List<Event> seen;

	/**
	 * Makes a key's history.
	 * @param seen what readings have seen of it
	 */
	KeyHistory(FoundKey key, Run run, @Nullable Decided decision, List<ActionRecord> actions, List<Mail> mails,
			List<Event> seen) {
		this.key = key;
		this.run = run;
		this.decision = decision;
		this.actions = actions;
		this.mails = mails;
		this.seen = seen;
	}

	/**
	 * {@return the key's status as it was read, and what Keysteward has done to it since}
	 */
	public String status() {
		String since = this.actions.stream()
			.filter(KeyHistory::changedTheKey)
			.findFirst()
			.filter((last) -> !last.at().isBefore(this.run.state().startedAt()))
			.map((last) -> " when it was read, " + words(last.outcome()) + " since")
			.orElse("");
		return this.key.status() + since;
	}

	/**
	 * {@return what the run decided about disabling it; null: it had nothing to decide}
	 */
	public @Nullable String disabling() {
		return (this.decision != null) ? words(this.decision) : null;
	}

	/**
	 * {@return what happened, the last first; older events are left out}
	 */
	public List<Event> events() {
		return Stream
			.of(this.actions.stream().map((action) -> new Event(action.at(), words(action))),
					this.mails.stream().map((mail) -> new Event(mail.at(), words(mail))), this.seen.stream())
			.flatMap(Function.identity())
			.sorted(Comparator.comparing(Event::at).reversed())
			.limit(MOST)
			.toList();
	}

	/**
	 * {@return whether there are older ones}
	 */
	public boolean hasOlder() {
		return this.actions.size() + this.mails.size() + this.seen.size() > MOST;
	}

	private String words(Decided decided) {
		return switch (decided.state()) {
			case HELD -> held(decided);
			case NOT_YET -> "due; it could not be disabled yet";
			case NOT_DONE, NOT_KNOWN -> "due; " + ActionText.NOT_KNOWN;
			case WOULD_DISABLE -> ActionText.WOULD_DISABLE;
			case DISABLED -> words(Outcome.DISABLED) + in(this.run.key(), decided.restoredBy());
			case SKIPPED_CHANGED -> words(Outcome.SKIPPED_CHANGED) + in(this.run.key(), decided.restoredBy());
			case FAILED -> words(Outcome.FAILED) + in(this.run.key(), decided.restoredBy());
			case STILL_TRIED, ACTIVE_AGAIN, USED_SINCE, RESTORE_RESTORED, RESTORE_SKIPPED_CHANGED, RESTORE_FAILED,
					RESTORE_NOT_KNOWN ->
				throw decided.state().notOfDisabling();
		} + why(ActionText.reasons(decided.detail()));
	}

	private static String held(Decided decided) {
		return "held by " + String.join(", ", decided.closedGates()) + ((decided.dueAt() != null) ? "; " + ActionText
			.dueFrom(UtcMinute.of(decided.dueAt()), decided.closedGates().contains(Gate.APPROVAL.name())) : "");
	}

	private static String words(ActionRecord action) {
		String what = changedTheKey(action) ? words(action.outcome())
				: ((action.action() == Act.DISABLE) ? "disabling: " : "restoring: ") + words(action.outcome());
		return what + in(action.runKey(), action.restoredBy()) + why(action.detail());
	}

	private static String words(Mail mail) {
		String what = ((mail.channel() == null) ? "mail " : "message ") + mail.kind() + " to "
				+ SafeText.visible(mail.recipient());
		return what + ": " + NoticeText.of(mail.status(), mail.channel(), mail.posted(), "NOT taken")
				+ in(mail.runKey(), null) + why(mail.detail());
	}

	private static boolean changedTheKey(ActionRecord action) {
		return action.outcome() == Outcome.DISABLED || action.outcome() == Outcome.RESTORED;
	}

	static String in(String runKey) {
		return " in run " + SafeText.visible(runKey);
	}

	private static String in(String runKey, @Nullable String restoredBy) {
		return in(runKey) + ((restoredBy != null) ? ", restored in run " + SafeText.visible(restoredBy) : "");
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

	/**
	 * Something that happened.
	 *
	 * @param at when
	 * @param words what
	 */
	public record Event(Instant at, String words) {
	}

}
