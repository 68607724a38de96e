package io.keysteward.notice.mail;

import java.io.IOException;
import java.io.OutputStream;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages above the server's size limit (RFC 1870), since some servers just end
 * the connection during such a message. Public, since the mail session instantiates it by
 * name.
 */
public final class SizedTransport extends SMTPTransport {

	static final String COMMAND = "SIZE";

	/** The code with which a server would answer. */
	private static final int TOO_LARGE = 552;

	/**
	 * Called by the mail session.
	 */
	public SizedTransport(Session session, URLName name) {
		super(session, name);
	}

	/** Makes a session use this class for SMTP. */
	static void use(Session session) throws MessagingException {
		session.setProvider(
				new Provider(Provider.Type.TRANSPORT, "smtp", SizedTransport.class.getName(), "Keysteward", null));
	}

	@Override
	public synchronized void sendMessage(Message message, Address[] addresses) throws MessagingException {
		long largest = largest(getExtensionParameter(COMMAND));
		long size = (largest > 0) ? size(message) : 0;
		if (size > largest) {
			throw new SMTPSendFailedException(COMMAND, TOO_LARGE,
					"it takes up to " + MailFormat.count(largest, "byte") + ", the mail has " + MailFormat.number(size),
					null, new Address[0], addresses, new Address[0]);
		}
		super.sendMessage(message, addresses);
	}

	/** The limit in bytes; 0: not known. */
	private static long largest(@Nullable String parameter) {
		try {
			return (parameter != null) ? Long.parseLong(parameter.strip()) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static long size(Message message) throws MessagingException {
		Counter counter = new Counter();
		try {
			message.writeTo(counter);
		}
		catch (IOException ex) {
			throw new MessagingException("the message cannot be measured", ex);
		}
		return counter.bytes;
	}

	/** Counts the written bytes. */
	private static final class Counter extends OutputStream {

		private long bytes;

		@Override
		public void write(int character) {
			this.bytes++;
		}

		@Override
		public void write(byte[] characters, int from, int length) {
			this.bytes += length;
		}

	}

}
