package io.keysteward.notice.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.notice.mail.MailModel.Fact;
import io.keysteward.notice.mail.OwnerMailModel.Step;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.Reminder;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Writes the text of a mail to owners, for people who have long forgotten the key.
 */
final class OwnerMailComposer {

	/** An attached file has the others, since nobody reads a longer list. */
	static final int LISTED = 200;

	private static final String REPORTS_ONLY = "Nothing is disabled now: Keysteward only reports so far.";

	private static final String WHY = "A key that nobody uses can still be stolen and misused. That is why keys that"
			+ " have not been used for a long time are switched off, unless somebody uses them or says why they have"
			+ " to stay.";

	/** Of a mail that was queued before its reminder was taken out. */
	private static final Reminder UNWORDED = new Reminder(Duration.ZERO, "Reminder", "");

	private final Run run;

	private final NoticeKind kind;

	private final Reminder reminder;

	private final List<NamedKey> keys;

	private final int further;

	private final String contact;

	/** How to ask that contact, within a sentence. */
	private final String ask;

	private OwnerMailComposer(Run run, NoticeKind kind, List<NamedKey> keys, int further, String contact, String ask,
			Reminders reminders) {
		this.run = run;
		this.kind = kind;
		this.keys = keys;
		this.further = further;
		this.contact = contact;
		this.ask = ask;
		this.reminder = Optional.ofNullable(first())
			.flatMap((due) -> reminders.dueBy(due, run.asOf()))
			.orElse(UNWORDED);
	}

	/**
	 * {@return the content of the mail}
	 * @param run the run that sends it
	 * @param sources its sources, for their titles
	 * @param kind the kind of notice
	 * @param keys all keys that it names, the most urgent first
	 * @param further the number of further keys, which later mails name
	 * @param addresses the contact for questions, and the environment
	 * @param reminders the words of reminders
	 */
	static OwnerMailModel letter(Run run, List<RunSource> sources, NoticeKind kind, List<NamedKey> keys, int further,
			Addresses addresses, Reminders reminders) {
		String contact = addresses.to().get(0).getAddress();
		return new OwnerMailComposer(run, kind, keys, further, contact, "reply to this mail or write to " + contact,
				reminders)
			.letter(subject(addresses), new OwnerKeyLines(kind, run.mode(), sources));
	}

	/**
	 * {@return the same for a channel, where nobody can reply}
	 */
	static OwnerMailModel post(Run run, List<RunSource> sources, NoticeKind kind, List<NamedKey> keys,
			Addresses addresses, Reminders reminders) {
		String contact = addresses.to().get(0).getAddress();
		return new OwnerMailComposer(run, kind, keys, 0, contact, "write to " + contact, reminders)
			.letter(subject(addresses), new OwnerKeyLines(kind, run.mode(), sources));
	}

	private static String subject(Addresses addresses) {
		String environment = (addresses.environment() != null) ? "[" + addresses.environment() + "]" : "";
		return "[Keysteward]" + environment + " ";
	}

	/**
	 * {@return the keys that the mail's text lists}
	 */
	static List<NamedKey> listed(List<NamedKey> keys) {
		return keys.subList(0, Math.min(LISTED, keys.size()));
	}

	private OwnerMailModel letter(String subject, OwnerKeyLines lines) {
		boolean cut = this.keys.size() > LISTED;
		String file = cut ? KeyList.name(this.run) : null;
		String more = (this.further > 0) ? later()
				: (cut ? "The first " + LISTED + " of " + MailFormat.number(this.keys.size())
						+ " keys are listed here. All of them are in the attached file " + file + "." : null);
		return new OwnerMailModel(subject + headline(), heading(), tone(), summary(), paragraphs(), steps(),
				listed(this.keys).stream().map(lines::describe).toList(), more, file, facts());
	}

	private String later() {
		String more = "There " + ((this.further == 1) ? "is " : "are ") + MailFormat.count(this.further, "more key")
				+ ", which later mails name.";
		return switch (this.kind) {
			case WARNING, REMINDER, FINAL -> more + " No key is disabled before a mail has named it.";
			case DISABLED, RESTORED -> more;
			case REPORT -> throw noOwnerMail();
		};
	}

	private String headline() {
		return switch (this.kind) {
			case WARNING -> count("unused API key") + " may be disabled" + from() + reportOnly();
			case REMINDER ->
				this.reminder.subject() + ": " + count("unused API key") + " may be disabled" + from() + reportOnly();
			case FINAL -> "Last warning: " + count("unused API key") + " may be disabled" + from() + reportOnly();
			case DISABLED, RESTORED -> heading();
			case REPORT -> throw noOwnerMail();
		};
	}

	private String heading() {
		return switch (this.kind) {
			case WARNING -> count("unused API key") + " may be disabled";
			case REMINDER -> this.reminder.subject() + ": " + count("unused API key") + " may be disabled";
			case FINAL -> "Last warning: " + count("unused API key") + " may be disabled";
			case DISABLED -> count("API key") + one(" was disabled", " were disabled");
			case RESTORED -> count("API key") + one(" was switched on again", " were switched on again");
			case REPORT -> throw noOwnerMail();
		};
	}

	private String tone() {
		return switch (this.kind) {
			case RESTORED -> "good";
			case WARNING, REMINDER -> "warn";
			case FINAL, DISABLED -> "bad";
			case REPORT -> throw noOwnerMail();
		};
	}

	private String summary() {
		return switch (this.kind) {
			case DISABLED -> one("It was", "They were") + " disabled" + on() + ", because " + one("it had", "they had")
					+ " not been used for a long time.";
			case RESTORED -> one("It was", "They were") + " switched on again" + on() + ".";
			case WARNING, REMINDER, FINAL -> announced();
			case REPORT -> throw noOwnerMail();
		};
	}

	private String announced() {
		Instant first = first();
		if (first == null) {
			return "If nothing changes, " + one("it", "they") + " may be disabled later; no date is set yet.";
		}
		String date = MailFormat.day(first) + " (UTC)";
		if (reports()) {
			return REPORTS_ONLY + " Once disabling is switched on, " + date + " is the earliest date on which "
					+ one("this key", "the first of these keys") + " may be disabled.";
		}
		return "If nothing changes, " + one("it", sameDay() ? "they" : "the first of them")
				+ " may be disabled on or after " + date + ".";
	}

	private List<String> paragraphs() {
		return switch (this.kind) {
			case WARNING -> List.of(WHY);
			case REMINDER -> this.reminder.text().isEmpty() ? List.of(WHY) : List.of(this.reminder.text(), WHY);
			case FINAL -> List.of("This is the last warning before that date.", WHY);
			case DISABLED -> List.of("Whatever still calls with " + one("it", "them") + " is refused" + refusedFrom()
					+ ". This can be undone: nothing was deleted.");
			case REPORT -> throw noOwnerMail();
			case RESTORED ->
				List.of("The same rules hold for " + one("it", "them") + " as before: if " + one("it", "they")
						+ " still " + one("is", "are") + " not used, Keysteward starts again at the first warning.");
		};
	}

	/** A system may look up a key's state only at intervals. */
	private String refusedFrom() {
		Duration longest = this.keys.stream()
			.map(NamedKey::effectiveWithin)
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
		return longest.isZero() ? " now" : ", at the latest " + MailFormat.duration(longest) + " after "
				+ one("it was", "they were") + " disabled";
	}

	private List<Step> steps() {
		Step exempt = new Step("It is rarely used, but has to stay", "Ask for an exemption: " + this.ask
				+ ". Name the key by its id, and say why it has to stay and until when.");
		Step leave = new Step("You no longer need it", "There is nothing to do.");
		return switch (this.kind) {
			case DISABLED -> List.of(new Step("You need it back", StringUtils.capitalize(this.ask)
					+ ", and name the key by its id. It can be switched on again as it was."), leave);
			case RESTORED -> List.of(new Step("You need it", "Use it. A key that is in use is left alone."), exempt);
			case REPORT -> throw noOwnerMail();
			case WARNING, REMINDER, FINAL ->
				List.of(new Step("You need it", "Use it once before its date. A key that is in use is left alone."),
						exempt, leave);
		};
	}

	private List<Fact> facts() {
		return List.of(new Fact("Run", SafeText.shortened(this.run.key()) + " of " + MailFormat.utc(this.run.asOf())),
				new Fact("Questions", this.contact));
	}

	private String from() {
		Instant first = first();
		return (first != null) ? " on or after " + MailFormat.day(first) : "";
	}

	private String on() {
		List<String> days = new ArrayList<>(this.keys.stream()
			.map(NamedKey::doneAt)
			.filter(Objects::nonNull)
			.map(MailFormat::day)
			.distinct()
			.toList());
		return (days.size() == 1) ? " on " + days.get(0) + " (UTC)" : "";
	}

	private @Nullable Instant first() {
		return this.keys.stream().map(NamedKey::dueAt).filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
	}

	private boolean sameDay() {
		return this.keys.stream()
			.map(NamedKey::dueAt)
			.filter(Objects::nonNull)
			.map(MailFormat::day)
			.distinct()
			.count() < 2;
	}

	private boolean reports() {
		return this.run.mode() == RunMode.REPORT;
	}

	private String reportOnly() {
		return reports() ? " (report only so far)" : "";
	}

	private String count(String noun) {
		return MailFormat.count(this.keys.size(), noun);
	}

	private String one(String one, String more) {
		return (this.keys.size() == 1) ? one : more;
	}

	private static IllegalArgumentException noOwnerMail() {
		return new IllegalArgumentException("A report is no mail to owners");
	}

}
