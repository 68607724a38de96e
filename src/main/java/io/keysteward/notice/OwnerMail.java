package io.keysteward.notice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.keysteward.key.Failure;
import io.keysteward.notice.MailFault.Refusal;
import io.keysteward.notice.NamedKeys.NamedKey;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.OwnerOutbox.Queued;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Writes one mail to owners, hands it over, and records what became of it.
 */
@Component
class OwnerMail {

	private static final Logger logger = LoggerFactory.getLogger(OwnerMail.class);

	private final MailServer server;

	private final MailSettings settings;

	private final Outbox outbox;

	private final NamedKeys keys;

	private final Runs runs;

	private final Templates templates;

	OwnerMail(MailServer server, MailSettings settings, Outbox outbox, NamedKeys keys, Runs runs, Templates templates) {
		this.server = server;
		this.settings = settings;
		this.outbox = outbox;
		this.keys = keys;
		this.runs = runs;
		this.templates = templates;
	}

	/**
	 * {@return whether somebody got the mail}
	 * @throws Failure where the server takes no mail at all
	 */
	boolean send(Run run, Queued queued) {
		this.server.checkSettings();
		Addresses addresses = Addresses.of(this.settings);
		List<NamedKey> named = this.keys.of(queued);
		OwnerLetter letter = OwnerWords.letter(run, this.runs.sources(run.id()), queued.notice().kind(), named,
				addresses);
		this.outbox.sending(queued.notice());
		try {
			return offer(queued.notice(), queued.recipients(), letter, named, addresses, "");
		}
		catch (Failure ex) {
			this.outbox.failed(queued.notice(), ex.line());
			throw ex;
		}
	}

	/** Whoever is refused does not keep the others from being told. */
	private boolean offer(Notice notice, List<String> to, OwnerLetter letter, List<NamedKey> named, Addresses addresses,
			String before) {
		Optional<Refusal> refusal = this.server.offer(message(notice, to, letter, named, addresses));
		if (refusal.isEmpty()) {
			this.outbox.sent(new Notice(notice.runId(), notice.kind(), String.join(", ", to), notice.messageId()),
					before.isEmpty() ? null : before);
			return true;
		}
		String said = (before.isEmpty() ? "" : before + "; ") + refusal.get().said();
		logger.warn("{} mail {}: {}", notice.kind(), notice.messageId(), refusal.get().said());
		List<String> rest = to.stream()
			.filter((address) -> !refusal.get().recipients().contains(address.toLowerCase(Locale.ROOT)))
			.toList();
		if (rest.isEmpty() || rest.size() == to.size()) {
			this.outbox.failed(notice, said);
			return false;
		}
		return offer(notice, rest, letter, named, addresses, said);
	}

	private MimeMessage message(Notice notice, List<String> to, OwnerLetter letter, List<NamedKey> named,
			Addresses addresses) {
		try {
			MimeMessageHelper mail = new MimeMessageHelper(this.server.message(),
					MimeMessageHelper.MULTIPART_MODE_MIXED, "UTF-8");
			mail.setFrom(addresses.from());
			mail.setReplyTo(addresses.to().get(0));
			mail.setTo(to.toArray(String[]::new));
			mail.setSubject(letter.subject());
			mail.setText(this.templates.write("owner.txt", letter), this.templates.write("owner.html", letter));
			if (letter.attachment() != null) {
				mail.addAttachment(letter.attachment(), new ByteArrayResource(KeysCsv.of(named)),
						"text/csv; charset=UTF-8");
			}
			MailHeaders.set(mail.getMimeMessage(), notice);
			return mail.getMimeMessage();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("a mail to owners could not be written", ex);
		}
	}

}
