package io.keysteward.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/**
 * A mail server in this process that writes down what it took.
 */
final class DemoMail implements AutoCloseable {

	private final GreenMail server;

	DemoMail() {
		this.server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		this.server.start();
	}

	int port() {
		return this.server.getSmtp().getPort();
	}

	/**
	 * {@return every message that was taken since the last call, whatever the number of
	 * its recipients}
	 */
	List<MimeMessage> taken() {
		Map<String, MimeMessage> messages = new LinkedHashMap<>();
		try {
			for (MimeMessage message : this.server.getReceivedMessages()) {
				messages.putIfAbsent(message.getMessageID(), message);
			}
			this.server.purgeEmailFromAllMailboxes();
		}
		catch (MessagingException | com.icegreen.greenmail.store.FolderException ex) {
			throw new IllegalStateException(ex);
		}
		return List.copyOf(messages.values());
	}

	/**
	 * Writes messages as {@code .eml}, for mail programs, and their HTML part as
	 * {@code .html}, for browsers; those to owners into a folder of their own.
	 * @param messages what to write
	 * @param directory where to
	 * @param runKey how the files' names begin
	 */
	static void write(List<MimeMessage> messages, Path directory, String runKey) {
		try {
			Files.createDirectories(directory);
			for (MimeMessage message : messages) {
				boolean report = message.getMessageID().contains(".report");
				String recipient = message.getAllRecipients()[0].toString().replaceFirst("@.*", "");
				String kind = message.getMessageID().replaceFirst(".*\\.(warning|final|disabled|restored).*", "$1");
				Path file = report ? directory.resolve(runKey)
						: directory.resolve("owners").resolve(runKey + "-" + kind + "-" + recipient);
				Files.createDirectories(file.resolveSibling(""));
				try (OutputStream out = Files.newOutputStream(file.resolveSibling(file.getFileName() + ".eml"))) {
					message.writeTo(out);
				}
				String html = html(message);
				if (html != null) {
					Files.writeString(file.resolveSibling(file.getFileName() + ".html"), html);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable String html(Part part) throws MessagingException, IOException {
		if (part.isMimeType("text/html")) {
			return part.getContent().toString();
		}
		if (part.getContent() instanceof Multipart parts) {
			for (int i = 0; i < parts.getCount(); i++) {
				String html = html(parts.getBodyPart(i));
				if (html != null) {
					return html;
				}
			}
		}
		return null;
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
