package io.keysteward.notice.mail;

import java.util.List;

import io.keysteward.insight.RunIncidents;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * The governance mail of a run, of which each recipient gets a message.
 *
 * @param run a run with totals
 * @param sources the results of reading its sources
 * @param events the run's incidents
 * @param report the report that it attaches or names
 * @param reports all reports of the run
 * @param addresses sender and recipients
 * @param templates the templates of its text
 */
record GovernanceMessage(Run run, List<RunSource> sources, RunIncidents.Events events, ReportAttachment report,
		List<MailedReport> reports, Addresses addresses, Templates templates) {

	private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	boolean hasAttachment() {
		return this.report.attached();
	}

	GovernanceMessage withoutAttachment() {
		return new GovernanceMessage(this.run, this.sources, this.events, this.report.refused(), this.reports,
				this.addresses, this.templates);
	}

	/**
	 * Fills a message.
	 * @param message an empty message
	 * @param notice its row in the outbox
	 * @param to the recipient
	 * @param replaced the message id of an incomplete report that they may have got;
	 * null: none
	 * @return the message
	 */
	MimeMessage fill(MimeMessage message, Notice notice, InternetAddress to, @Nullable String replaced) {
		MailModel letter = GovernanceMailComposer.of(this.run, this.sources, this.events, this.report, this.reports,
				this.addresses.environment(), replaced != null);
		try {
			MimeMessageHelper mail = new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED, "UTF-8");
			mail.setFrom(this.addresses.from());
			mail.setTo(to);
			mail.setSubject(letter.subject());
			mail.setText(this.templates.write("governance.txt", letter),
					this.templates.write("governance.html", letter));
			if (this.report.content() != null) {
				mail.addAttachment(this.report.name(), this.report.content(), XLSX);
			}
			MailHeaders.set(message, notice);
			if (replaced != null) {
				message.setHeader("In-Reply-To", replaced);
				message.setHeader("References", replaced);
			}
			return message;
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("the governance mail could not be written", ex);
		}
	}

}
