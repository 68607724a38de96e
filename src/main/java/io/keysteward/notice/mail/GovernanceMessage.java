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
 * The governance mail of a run, as each recipient gets one of their own.
 *
 * @param run the run, with its totals
 * @param sources how the reading of its sources went
 * @param events what else a person must hear of
 * @param report the report that it carries or points to
 * @param reports all that were written
 * @param addresses who writes
 * @param templates what it is set by
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
	 * @param message an empty one
	 * @param notice its row in the outbox
	 * @param to who gets it
	 * @param replaced the id of the incomplete report that they have got, perhaps; null:
	 * they have not
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
