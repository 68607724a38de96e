package io.keysteward.notice.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.keysteward.run.NoticeKind;
import io.keysteward.run.Run;
import io.keysteward.text.Sha256;

/**
 * Message ids that a restart makes again: whoever gets the same one twice can tell.
 */
public final class MessageId {

	/** A dot-atom: what the left side of a message id may be without quotes. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

	private static final int LONGEST = 45;

	private static final int KEPT = 32;

	private MessageId() {
	}

	/**
	 * {@return the id of a run's governance mail to one recipient}
	 * @param run the run
	 * @param complete whether every source of it was read and owners were told: the whole
	 * report is another message than the incomplete one that may have gone before
	 * @param recipient who gets it, whatever the case of the address
	 * @param addresses the sender, in whose domain the id is; the environment keeps the
	 * runs of two installations apart, which often have the same key
	 */
	static String ofReport(Run run, boolean complete, String recipient, Addresses addresses) {
		return of(run, report(complete) + "." + digest(recipient), addresses);
	}

	/**
	 * {@return the id that earlier versions gave to one mail to all recipients}
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
	 * @param kind what it is about
	 * @param recipients who gets it, whatever the case of their addresses
	 * @param number which of the run's mails of this kind to them it is, from 1
	 * @param addresses the sender, as for the report
	 */
	static String ofNotice(Run run, NoticeKind kind, List<String> recipients, int number, Addresses addresses) {
		return of(run, kind.name().toLowerCase(Locale.ROOT) + "." + digest(String.join(",", recipients))
				+ ((number > 1) ? "." + number : ""), addresses);
	}

	/** Addresses are nobody's business but their owners'. */
	private static String digest(String addresses) {
		return Sha256.of(addresses.toLowerCase(Locale.ROOT)).substring(0, 16);
	}

	private static String of(Run run, String what, Addresses addresses) {
		String environment = (addresses.environment() != null) ? plain(addresses.environment()) + "." : "";
		return "<keysteward." + environment + plain(run.key()) + "." + what + "@" + addresses.domain() + ">";
	}

	/**
	 * {@return the text where it is plain ASCII and short, else what is plain of it and
	 * the start of its SHA-256}
	 */
	static String plain(String text) {
		if (text.length() <= LONGEST && PLAIN.matcher(text).matches()) {
			return text;
		}
		String kept = text.replaceAll("[^A-Za-z0-9_]+", "-");
		return kept.substring(0, Math.min(KEPT, kept.length())) + "-" + Sha256.of(text).substring(0, 8);
	}

}
