package io.keysteward.notice;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.key.Failure;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.Outbox.Status;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * The mail that tells the governance recipients how a run went, with its workbook: sent
 * once for a run, and once more if a report that was incomplete became whole.
 */
@Component
public class GovernanceMail {

	private static final Logger log = LoggerFactory.getLogger(GovernanceMail.class);

	private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private final MailServer server;

	private final MailSettings settings;

	private final Outbox outbox;

	private final Templates templates;

	private final RunEvents events;

	GovernanceMail(MailServer server, MailSettings settings, Outbox outbox, Templates templates, RunEvents events) {
		this.server = server;
		this.settings = settings;
		this.outbox = outbox;
		this.templates = templates;
		this.events = events;
	}

	/**
	 * {@return whether there is a mail server}
	 */
	public boolean configured() {
		return this.server.configured();
	}

	/**
	 * Finds what would keep tonight's mail from being sent, as far as that shows without
	 * sending one. Says nothing where no mail server is configured.
	 * @throws Failure that {@link #send} would meet
	 */
	public void check() {
		if (configured()) {
			this.server.checkSettings();
			Addresses.of(this.settings);
			this.server.connect();
		}
	}

	/**
	 * Mails a run's report, unless that is recorded as done.
	 * @param run the run, with its totals
	 * @param sources how the reading of its sources went
	 * @param workbook its workbook
	 * @param workbookSha256 the workbook's SHA-256 in hex
	 * @param untold why owners could not be told yet, so that the report is not the last
	 * one; null: they were
	 * @return what was done
	 * @throws Failure where the settings are wrong or the server does not take the mail;
	 * the outbox says so, and the next call tries again with the same message id
	 */
	public Outcome send(Run run, List<RunSource> sources, Path workbook, String workbookSha256,
			@Nullable String untold) {
		if (!configured()) {
			log.info("run {}: nothing is mailed, since spring.mail.host is not set", VisibleText.of(run.key()));
			return Outcome.NOT_CONFIGURED;
		}
		this.server.checkSettings();
		Addresses addresses = Addresses.of(this.settings);
		boolean complete = untold == null
				&& sources.stream().allMatch((source) -> source.status() == RunSource.Status.READ);
		Notice notice = new Notice(run.id(), Outbox.Kind.REPORT, addresses.recipients(),
				MessageId.ofReport(run, complete, addresses));
		Status before = this.outbox.pending(notice);
		if (before == Status.SENT) {
			return Outcome.ALREADY_SENT;
		}
		if (before == Status.SENDING) {
			log.warn(Outbox.PERHAPS_SENT, notice.messageId());
		}
		Workbook attachment = Workbook.of(run, workbook, workbookSha256, this.settings);
		Letter letter = GovernanceLetter.of(run, sources, this.events.of(run.id(), untold), attachment,
				addresses.environment(), complete && mayHaveGone(MessageId.ofReport(run, false, addresses)));
		deliver(notice, message(letter, attachment, addresses, notice, run));
		log.info("run {}: governance mail {} was taken for {}", VisibleText.of(run.key()), notice.messageId(),
				Words.count(addresses.to().size(), "recipient"));
		return Outcome.SENT;
	}

	private boolean mayHaveGone(String messageId) {
		return this.outbox.status(messageId)
			.filter((status) -> status == Status.SENT || status == Status.SENDING)
			.isPresent();
	}

	private MimeMessage message(Letter letter, Workbook workbook, Addresses addresses, Notice notice, Run run) {
		try {
			MimeMessageHelper mail = new MimeMessageHelper(this.server.message(),
					MimeMessageHelper.MULTIPART_MODE_MIXED, "UTF-8");
			mail.setFrom(addresses.from());
			mail.setTo(addresses.to().toArray(InternetAddress[]::new));
			mail.setSubject(letter.subject());
			mail.setText(this.templates.write("governance.txt", letter),
					this.templates.write("governance.html", letter));
			if (workbook.content() != null) {
				mail.addAttachment(workbook.name(), workbook.content(), XLSX);
			}
			headers(mail.getMimeMessage(), notice, letter.replaces() ? MessageId.ofReport(run, false, addresses) : "");
			return mail.getMimeMessage();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("the governance mail could not be written", ex);
		}
	}

	private static void headers(MimeMessage message, Notice notice, String replaced) throws MessagingException {
		MailHeaders.set(message, notice);
		if (!replaced.isEmpty()) {
			message.setHeader("In-Reply-To", replaced);
			message.setHeader("References", replaced);
		}
	}

	private void deliver(Notice notice, MimeMessage message) {
		this.outbox.sending(notice);
		try {
			this.server.send(message);
		}
		catch (Failure ex) {
			this.outbox.failed(notice, ex.line());
			throw ex;
		}
		this.outbox.sent(notice, null);
	}

	/** What became of a mail. */
	public enum Outcome {

		/** The mail server has taken it. */
		SENT,

		/** It was taken before, and is not sent again. */
		ALREADY_SENT,

		/** There is no mail server. */
		NOT_CONFIGURED

	}

}
