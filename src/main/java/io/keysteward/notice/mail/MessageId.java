package io.keysteward.notice.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.run.Run;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Message ids that are the same after a restart, so that a recipient can recognise a
 * duplicate.
 */
public final class MessageId {

	/** A dot-atom, which needs no quotes on the left side of a message id. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

	private static final Pattern NOTICE = Pattern
		.compile("\\.(warning|reminder-\\d+d|final|disabled|restored)\\.[0-9a-f]{16}(\\.\\d+)?@");

	private static final int LONGEST = 45;

	private static final int KEPT = 32;

	private MessageId() {
	}

	/**
	 * {@return the id of a run's governance mail to one recipient}
	 * @param run the run
	 * @param complete whether every source was read and owners were notified; a complete
	 * report has another id than an incomplete one
	 * @param recipient the recipient; case is ignored
	 * @param addresses give the domain of the id, and the environment, which separates
	 * installations whose runs have the same keys
	 */
	static String ofReport(Run run, boolean complete, String recipient, Addresses addresses) {
		return of(run, report(complete) + "." + digest(recipient), addresses);
	}

	/**
	 * {@return the id that earlier versions gave to the mail to all recipients}
	 */
	static String ofReportToAll(Run run, boolean complete, Addresses addresses) {
		return of(run, report(complete), addresses);
	}

	private static String report(boolean complete) {
		return complete ? "report" : "report-incomplete";
	}

	/**
	 * {@return the id of a mail to owners}
	 * @param run the run that sends it
	 * @param what the kind of notice, for a reminder with its days
	 * @param recipients the recipients; case is ignored
	 * @param number the number, from 1, among the run's mails of this kind to them
	 * @param addresses as for the report
	 */
	static String ofNotice(Run run, String what, List<String> recipients, int number, Addresses addresses) {
		return of(run, what.toLowerCase(Locale.ROOT) + "." + digest(String.join(",", recipients))
				+ ((number > 1) ? "." + number : ""), addresses);
	}

	/**
	 * {@return the kind of notice to owners that has this id, in lower case; null: it is
	 * none}
	 */
	static @Nullable String kind(String id) {
		Matcher notice = NOTICE.matcher(id);
		return notice.find() ? notice.group(1) : null;
	}

	/**
	 * {@return the id of a message to a channel, without dots, which separate it from the
	 * time in what is signed}
	 * @param run the run that posts it
	 * @param what what it is about
	 * @param recipient the channel
	 * @param number the number, from 1, among the run's messages of this kind to it
	 * @param environment separates installations whose runs have the same keys; null:
	 * none
	 */
	static String ofPost(Run run, String what, String recipient, int number, @Nullable String environment) {
		return "keysteward_" + Sha256
			.of(String.join("\n", (environment != null) ? environment : "", run.key(), what, recipient,
					String.valueOf(number)))
			.substring(0, 32);
	}

	static String ofReportPost(Run run, boolean complete, String recipient, @Nullable String environment) {
		return ofPost(run, report(complete), recipient, 1, environment);
	}

	/** Hashed, since addresses are personal data. */
	private static String digest(String addresses) {
		return Sha256.of(addresses.toLowerCase(Locale.ROOT)).substring(0, 16);
	}

	private static String of(Run run, String what, Addresses addresses) {
		String environment = (addresses.environment() != null) ? plain(addresses.environment()) + "." : "";
		return "<keysteward." + environment + plain(run.key()) + "." + what + "@" + addresses.domain() + ">";
	}

	/**
	 * {@return the text if it is plain ASCII and short; otherwise its plain characters
	 * and the start of its SHA-256}
	 */
	static String plain(String text) {
		if (text.length() <= LONGEST && PLAIN.matcher(text).matches()) {
			return text;
		}
		String kept = text.replaceAll("[^A-Za-z0-9_]+", "-");
		return kept.substring(0, Math.min(KEPT, kept.length())) + "-" + Sha256.of(text).substring(0, 8);
	}

}
