package io.keysteward.notice.mail;

import java.util.List;

import io.keysteward.insight.KeyListFormat;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * One mail to owners: its text, and an attached list if the keys are too many for the
 * text.
 *
 * @param run the run that sends it
 * @param sources its sources, for their titles
 * @param notice its row in the outbox
 * @param keys all its keys, the most urgent first
 * @param list the attached list of keys; null: none
 * @param addresses sender and contact
 * @param reminders the words of reminders
 * @param templates the templates of its text
 */
record OwnerMessage(Run run, List<RunSource> sources, Notice notice, List<NamedKey> keys,
		@Nullable ByteArrayResource list, Addresses addresses, Reminders reminders, Templates templates) {

	/**
	 * {@return the mail, with a list if it needs one and the settings allow it}
	 */
	static OwnerMessage of(Run run, List<RunSource> sources, Notice notice, List<NamedKey> keys, MailSettings settings,
			Reminders reminders, Templates templates, KeyListFormat format) {
		byte[] list = (keys.size() > OwnerMailComposer.LISTED) ? format.write(run, keys) : null;
		return new OwnerMessage(run, sources, notice, keys,
				(list != null && settings.carries(ReportAttachment.encoded(list.length))) ? new ByteArrayResource(list)
						: null,
				Addresses.of(settings), reminders, templates);
	}

	boolean hasAttachment() {
		return this.list != null;
	}

	OwnerMessage withoutAttachment() {
		return new OwnerMessage(this.run, this.sources, this.notice, this.keys, null, this.addresses, this.reminders,
				this.templates);
	}

	/**
	 * {@return the keys that the mail names, in its text or its list}
	 */
	List<NamedKey> named() {
		return hasAttachment() ? this.keys : OwnerMailComposer.listed(this.keys);
	}

	/**
	 * Fills a message.
	 * @param message an empty message
	 * @param to the recipients
	 * @return the message
	 */
	MimeMessage fill(MimeMessage message, List<String> to) {
		OwnerMailModel letter = OwnerMailComposer.letter(this.run, this.sources, this.notice.kind(), named(),
				this.keys.size() - named().size(), this.addresses, this.reminders);
		try {
			MimeMessageHelper mail = new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED, "UTF-8");
			mail.setFrom(this.addresses.from());
			mail.setReplyTo(this.addresses.to().get(0));
			mail.setTo(to.toArray(String[]::new));
			mail.setSubject(letter.subject());
			mail.setText(this.templates.write("owner.txt", letter), this.templates.write("owner.html", letter));
			if (this.list != null && letter.attachment() != null) {
				mail.addAttachment(letter.attachment(), this.list, KeyList.TYPE);
			}
			MailHeaders.set(message, this.notice);
			return message;
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("a mail to owners could not be written", ex);
		}
	}

}
