package io.keysteward.notice.mail;

import io.keysteward.notice.Outbox.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * Sets the headers that mark a mail as automatic. Their values are constants, since a raw
 * value is written with its line ends.
 */
final class MailHeaders {

	private MailHeaders() {
	}

	static void set(MimeMessage message, Notice notice) throws MessagingException {
		message.setHeader("Message-ID", notice.messageId());
		setAutomatic(message);
	}

	static void setAutomatic(MimeMessage message) throws MessagingException {
		message.setHeader("Auto-Submitted", "auto-generated");
		// All but NDR, since the sender needs to know of undeliverable mail.
		message.setHeader("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
	}

}
