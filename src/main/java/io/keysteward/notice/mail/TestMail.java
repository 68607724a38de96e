package io.keysteward.notice.mail;

import java.time.Clock;
import java.util.Optional;

import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.text.Failure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Sends a mail that says only that mail arrives. It is not in the outbox: no run knows of
 * it.
 */
@Component
public class TestMail {

	private final MailServer server;

	private final MailSettings settings;

	private final Clock clock;

	TestMail(MailServer server, MailSettings settings, Clock clock) {
		this.server = server;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Sends it as every other mail is sent: from the same sender, by the same server, to
	 * allowed domains only.
	 * @param option the option that names the recipient, for messages
	 * @param address the recipient
	 * @param requestedBy who asks for it
	 * @throws Failure where the address is not allowed, no server is configured, or the
	 * server does not accept the mail
	 */
	public void send(String option, String address, String requestedBy) {
		InternetAddress to = Addresses.address(option, address);
		AllowedDomains domains = AllowedDomains.of(this.settings);
		if (!domains.permit(to.getAddress())) {
			throw Addresses.invalid(option, to.getAddress(), domains.refusal());
		}
		if (!this.server.configured()) {
			throw Failure.configuration(
					option + ": no mail server is configured; set spring.mail.host in config/application.yaml");
		}
		this.server.checkSettings();
		Optional<Refusal> refusal = this.server.offerToOne(message(Addresses.of(this.settings), to, requestedBy));
		refusal.ifPresent((refused) -> {
			throw refused.failure();
		});
	}

	private MimeMessage message(Addresses addresses, InternetAddress to, String requestedBy) {
		MimeMessage message = this.server.message();
		try {
			MimeMessageHelper mail = new MimeMessageHelper(message, "UTF-8");
			mail.setFrom(addresses.from());
			mail.setTo(to);
			mail.setSubject(((addresses.environment() != null) ? "[" + addresses.environment() + "] " : "")
					+ "Keysteward: a test, and mail arrives");
			mail.setText("""
					This is a test of Keysteward's mail server, asked for by %s on %s.

					Nothing is wrong with any key of yours, and there is nothing to do. Warnings to owners and the
					report of each night come from this address and by this server.
					""".formatted(requestedBy, MailFormat.utc(this.clock.instant())));
			MailHeaders.setAutomatic(message);
			return message;
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("the test mail could not be written", ex);
		}
	}

}
