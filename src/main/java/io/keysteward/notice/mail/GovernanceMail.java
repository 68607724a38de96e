package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.keysteward.insight.RunIncidents;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Sends the result of a run with its workbook to each governance recipient once, and
 * again if an incomplete report was completed.
 */
@Component
public class GovernanceMail {

	private static final Logger log = LoggerFactory.getLogger(GovernanceMail.class);

	private final MailServer server;

	private final MailSettings settings;

	private final Outbox outbox;

	private final Templates templates;

	private final RunIncidents events;

	GovernanceMail(MailServer server, MailSettings settings, Outbox outbox, Templates templates, RunIncidents events) {
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
	 * Checks that mail can be sent, without sending any. If no mail server is configured,
	 * it checks the environment only, which channels show too.
	 * @throws Failure that {@link #send} would meet
	 */
	public void check() {
		if (!configured()) {
			Addresses.environment(this.settings.environment());
			return;
		}
		this.server.checkSettings();
		Addresses.of(this.settings);
		this.server.connect();
	}

	/**
	 * Mails a run's report to every recipient who is not recorded to have it.
	 * @param run a run with totals
	 * @param sources the results of reading its sources
	 * @param reports its reports: the first one for people is attached; if there is none,
	 * the mail names the place of the first
	 * @param notSentReason why owners could not be notified yet, so that another report
	 * follows; null: they were
	 * @return the outcome
	 * @throws Failure where the settings are wrong, nobody got the mail, or a recipient
	 * may get it later; the next call tries again with the same message ids
	 */
	public Outcome send(Run run, List<RunSource> sources, List<MailedReport> reports, @Nullable String notSentReason) {
		if (!configured()) {
			log.info("run {}: nothing is mailed, since spring.mail.host is not set", SafeText.shortened(run.key()));
			return Outcome.NOT_CONFIGURED;
		}
		this.server.checkSettings();
		Addresses addresses = Addresses.of(this.settings);
		boolean complete = isComplete(run, sources, notSentReason);
		List<Recipient> waiting = waiting(run, complete, addresses);
		if (waiting.isEmpty()) {
			return Outcome.ALREADY_SENT;
		}
		GovernanceMessage message = new GovernanceMessage(run, sources, this.events.find(run.id(), notSentReason),
				report(run, reports), reports, addresses, this.templates);
		Deliveries deliveries = new Deliveries(run.key(), addresses.to().size());
		for (Recipient recipient : waiting) {
			deliver(message, recipient).ifPresent((refusal) -> deliveries.missed(refusal, recipient.failedBefore()));
		}
		deliveries.end();
		return Outcome.SENT;
	}

	private ReportAttachment report(Run run, List<MailedReport> reports) {
		return ReportAttachment.prepare(run, MailedReport.main(reports), this.settings);
	}

	/** All recipients have a row before the first mail, so that a crash loses nobody. */
	private List<Recipient> waiting(Run run, boolean complete, Addresses addresses) {
		List<String> before = acceptedForAll(MessageId.ofReportToAll(run, complete, addresses));
		List<Recipient> waiting = new ArrayList<>();
		for (InternetAddress to : addresses.to()) {
			if (before.contains(to.getAddress().toLowerCase(Locale.ROOT))) {
				continue;
			}
			Notice notice = new Notice(run.id(), NoticeKind.REPORT, to.getAddress(),
					MessageId.ofReport(run, complete, to.getAddress(), addresses));
			NoticeStatus status = this.outbox.pending(notice);
			if (status == NoticeStatus.SENDING) {
				log.warn(Outbox.PERHAPS_SENT, notice.messageId());
			}
			if (status != NoticeStatus.SENT) {
				waiting.add(new Recipient(to, notice, complete ? incomplete(run, to, addresses) : null,
						this.outbox.failedBefore(notice)));
			}
		}
		return waiting;
	}

	/** Earlier versions sent one mail to all recipients. */
	private List<String> acceptedForAll(String messageId) {
		return this.outbox.acceptedFor(messageId)
			.map((recipients) -> List.of(recipients.toLowerCase(Locale.ROOT).split(", ")))
			.orElse(List.of());
	}

	private @Nullable String incomplete(Run run, InternetAddress to, Addresses addresses) {
		return Stream
			.of(MessageId.ofReport(run, false, to.getAddress(), addresses),
					MessageId.ofReportToAll(run, false, addresses))
			.filter(this.outbox::mayHaveBeenSent)
			.findFirst()
			.orElse(null);
	}

	/**
	 * {@return whether every source was read and nothing is left to the run's next start}
	 */
	static boolean isComplete(Run run, List<RunSource> sources, @Nullable String notSentReason) {
		return notSentReason == null && notYet(run) == 0
				&& sources.stream().allMatch((source) -> source.status() == RunSource.Status.READ);
	}

	/**
	 * The number of keys that the next start of the run tries to disable again; it
	 * reports again.
	 */
	static long notYet(Run run) {
		Totals totals = run.totals();
		return (totals != null && totals.actions() != null) ? totals.actions().notYet() : 0;
	}

	private Optional<Refusal> deliver(GovernanceMessage message, Recipient recipient) {
		this.outbox.sending(recipient.notice());
		try {
			Optional<Refusal> refusal = offer(message, recipient);
			if (message.hasAttachment() && refusal.filter(Refusal::ofContent).isPresent()) {
				return deliverWithoutWorkbook(message, recipient, refusal.get().answer());
			}
			return record(recipient.notice(), refusal, null);
		}
		catch (Failure ex) {
			this.outbox.failed(recipient.notice(), ex.line());
			throw ex;
		}
	}

	/** A mail without its workbook is better than none. */
	private Optional<Refusal> deliverWithoutWorkbook(GovernanceMessage message, Recipient recipient, String why) {
		Optional<Refusal> refusal = offer(message.withoutAttachment(), recipient);
		if (refusal.isEmpty()) {
			log.warn(
					"run {}: {} has the governance mail without its workbook: with it (as sent, {}) {}; set"
							+ " keysteward.mail.max-attachment below what the server takes, or let it take .xlsx files",
					SafeText.shortened(message.run().key()), recipient.notice().recipient(),
					MailFormat.count(ReportAttachment.encoded(message.report().bytes()), "byte"), why);
		}
		return record(recipient.notice(), refusal, "Sent without the workbook: " + why);
	}

	private Optional<Refusal> offer(GovernanceMessage message, Recipient recipient) {
		return this.server
			.offerToOne(message.fill(this.server.message(), recipient.notice(), recipient.to(), recipient.replaced()));
	}

	private Optional<Refusal> record(Notice notice, Optional<Refusal> refusal, @Nullable String detail) {
		refusal.ifPresentOrElse((refused) -> this.outbox.failed(notice, refused.answer()),
				() -> this.outbox.sent(notice, detail));
		return refusal;
	}

	/** The outcomes of a mail. */
	public enum Outcome {

		/** The mail server accepted it. */
		SENT,

		/** It was accepted before, and is not sent again. */
		ALREADY_SENT,

		/** There is no mail server. */
		NOT_CONFIGURED

	}

	/**
	 * A recipient whose mail is not sent yet.
	 *
	 * @param to the address
	 * @param notice its row in the outbox
	 * @param replaced the message id of an incomplete report that they may have got;
	 * null: none
	 * @param failedBefore whether the last attempt to send them a report failed
	 */
	private record Recipient(InternetAddress to, Notice notice, @Nullable String replaced, boolean failedBefore) {
	}

}
