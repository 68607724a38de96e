package io.keysteward.notice.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The mail server under {@code spring.mail}, if there is one.
 */
@Component
class MailServer {

	private static final int HIGHEST_PORT = 65_535;

	private final @Nullable JavaMailSenderImpl sender;

	MailServer(ObjectProvider<JavaMailSenderImpl> sender) {
		JavaMailSenderImpl configured = sender.getIfAvailable();
		this.sender = (configured != null && StringUtils.hasText(configured.getHost())) ? configured : null;
		if (this.sender != null && !Boolean.parseBoolean(setting(this.sender, "ssl.enable"))) {
			this.sender.getJavaMailProperties().putIfAbsent("mail.smtp.socketFactory", new NoDelaySocketFactory());
		}
		if (this.sender != null) {
			respectSize(this.sender);
		}
	}

	private static void respectSize(JavaMailSenderImpl sender) {
		try {
			SizedTransport.use(sender.getSession());
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("the mail session takes no transport", ex);
		}
	}

	boolean configured() {
		return this.sender != null;
	}

	/**
	 * Refuses settings with which others could read mail, or mail is sent twice or waits
	 * for ever.
	 */
	void checkSettings() {
		JavaMailSenderImpl mail = sender();
		if (!JavaMailSenderImpl.DEFAULT_PROTOCOL.equals(mail.getProtocol()) && mail.getProtocol() != null) {
			throw Failure.configuration("spring.mail.protocol: \"" + SafeText.shortened(mail.getProtocol())
					+ "\" is not used here, since its timeouts are others; leave it out, and for TLS from the first"
					+ " byte set spring.mail.ssl.enabled=true");
		}
		if (mail.getPort() == 0 || mail.getPort() < -1 || mail.getPort() > HIGHEST_PORT) {
			throw Failure.configuration("spring.mail.port: '" + mail.getPort()
					+ "' is not allowed; a port is a number from 1 to " + HIGHEST_PORT);
		}
		for (String property : List.of("socketFactory.class", "ssl.socketFactory.class")) {
			requireClass("mail.smtp." + property, setting(mail, property));
		}
		if (Arrays.asList(setting(mail, "ssl.trust").trim().split("\\s+")).contains("*")) {
			throw Failure.configuration("spring.mail.properties[mail.smtp.ssl.trust]: \"*\" would trust any server;"
					+ " name the mail server's certificate with spring.mail.ssl.bundle instead");
		}
		for (String property : List.of("mail.debug.auth", "mail.debug.auth.username", "mail.debug.auth.password")) {
			if (Boolean.parseBoolean(mail.getJavaMailProperties().getProperty(property))) {
				throw Failure.configuration("spring.mail.properties[" + property + "]: \"true\" would print the login;"
						+ " leave it out, mail.debug=true alone shows the rest of the conversation");
			}
		}
		if (Boolean.parseBoolean(setting(mail, "sendpartial"))) {
			throw Failure.configuration("spring.mail.properties[mail.smtp.sendpartial]: \"true\" would mail those twice"
					+ " who are not refused; leave it out");
		}
	}

	/** Otherwise mail is silently sent without it. */
	private static void requireClass(String property, String name) {
		if (!name.isBlank() && !ClassUtils.isPresent(name, null)) {
			throw Failure.configuration("spring.mail.properties[" + property + "]: '" + SafeText.shortened(name)
					+ "' is no class that is there; correct it, or leave it out");
		}
	}

	/**
	 * Connects as for a message, and sends nothing.
	 */
	void connect() {
		try {
			sender().testConnection();
		}
		catch (MessagingException ex) {
			throw MailErrorTranslator.of(sender(), ex).failure();
		}
	}

	MimeMessage message() {
		return sender().createMimeMessage();
	}

	/**
	 * Sends one message of several.
	 * @return why the server refused it, if it may accept others; empty: it was accepted
	 * @throws Failure where the server accepts no mail
	 */
	Optional<Refusal> offer(MimeMessage message) {
		return attempt(message).map((fault) -> fault.refusal().orElseThrow(fault::failure));
	}

	/**
	 * Sends a message to one recipient; a connection that ends during it may do so
	 * because of this recipient only.
	 * @return why it was not accepted, if others may be; empty: it was accepted
	 * @throws Failure where the server accepts no mail
	 */
	Optional<Refusal> offerToOne(MimeMessage message) {
		return attempt(message).map((fault) -> fault.refusal().or(fault::interruption).orElseThrow(fault::failure));
	}

	private Optional<MailErrorTranslator> attempt(MimeMessage message) {
		try {
			sender().send(message);
			return Optional.empty();
		}
		catch (MailSendException ex) {
			// No message failed, so only closing the connection did. A fault of all
			// messages has failed earlier.
			return ex.getFailedMessages()
				.values()
				.stream()
				.findFirst()
				.map((fault) -> MailErrorTranslator.of(sender(), fault, fault != ex.getCause()));
		}
		catch (MailException ex) {
			return Optional.of(MailErrorTranslator.of(sender(), ex));
		}
	}

	private static String setting(JavaMailSenderImpl mail, String name) {
		return mail.getJavaMailProperties().getProperty("mail.smtp." + name, "");
	}

	private JavaMailSenderImpl sender() {
		if (this.sender == null) {
			throw new IllegalStateException("no mail server is configured");
		}
		return this.sender;
	}

}
