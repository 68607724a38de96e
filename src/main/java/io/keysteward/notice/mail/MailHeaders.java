package io.keysteward.notice.mail;

import io.keysteward.notice.Outbox.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * The headers by which programs tell that no person has written a mail. Their values are
 * ours: a raw value is written as it is, line ends and all.
 */
final class MailHeaders {

	private MailHeaders() {
	}

	static void set(MimeMessage message, Notice notice) throws MessagingException {
		message.setHeader("Message-ID", notice.messageId());
		message.setHeader("Auto-Submitted", "auto-generated");
		// All but NDR: that a mail cannot be delivered, the sender wants to hear.
		message.setHeader("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
	}

}
