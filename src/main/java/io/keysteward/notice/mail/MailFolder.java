package io.keysteward.notice.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;

import io.keysteward.text.Failure;
import io.keysteward.text.UtcDay;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.MailParseException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A mail server that sends nothing: each mail to owners becomes a file in a folder of its
 * day.
 */
public final class MailFolder extends JavaMailSenderImpl {

	private static final int LONGEST_NAME = 80;

	private final Path folder;

	private final Clock clock;

	private int written;

	/**
	 * Prepares to write.
	 * @param folder where the days' folders are made
	 * @param clock the time of the mails
	 */
	public MailFolder(Path folder, Clock clock) {
		this.folder = folder;
		this.clock = clock;
		setHost("rehearsal.invalid");
	}

	@Override
	protected void doSend(MimeMessage[] messages, Object @Nullable [] originals) {
		for (MimeMessage message : messages) {
			try {
				write(message);
			}
			catch (MessagingException ex) {
				throw new MailParseException("the mail cannot be written", ex);
			}
		}
	}

	/** The governance mail is about a run that nobody did. */
	private void write(MimeMessage message) throws MessagingException {
		String id = message.getMessageID();
		String kind = MessageId.kind(id);
		if (kind == null) {
			return;
		}
		message.setSentDate(Date.from(this.clock.instant()));
		message.saveChanges();
		message.setHeader("Message-ID", id);
		Path day = this.folder.resolve(UtcDay.day(this.clock.instant()).toString());
		Path file = day.resolve("%05d-%s-%s.eml".formatted(++this.written, kind, safe(message)));
		try {
			Files.createDirectories(day);
			try (OutputStream out = Files.newOutputStream(file)) {
				message.writeTo(out);
			}
		}
		catch (IOException ex) {
			throw Failure.configuration("--to: " + file + " cannot be written (" + ex.getMessage()
					+ "); make room, check the rights, or name another directory", ex);
		}
	}

	/** An address is somebody's text, and a file's name has less freedom. */
	private static String safe(MimeMessage message) throws MessagingException {
		Address[] to = message.getRecipients(Message.RecipientType.TO);
		String first = (to[0] instanceof InternetAddress address) ? address.getAddress() : to[0].toString();
		String name = first.replaceAll("[^A-Za-z0-9@._+-]", "_");
		return name.substring(0, Math.min(name.length(), LONGEST_NAME))
				+ ((to.length > 1) ? "-and-" + (to.length - 1) + "-more" : "");
	}

}
