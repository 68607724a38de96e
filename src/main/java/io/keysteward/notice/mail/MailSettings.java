package io.keysteward.notice.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code keysteward.mail}; the server is configured under
 * {@code spring.mail}.
 *
 * @param from the sender's address; required where a mail server is configured
 * @param to who gets the governance mail; required where a mail server is configured
 * @param maxAttachment a larger workbook is pointed to instead; null: 8 MB
 * @param environment shown in the subject, such as {@code prod}; null: not shown
 * @param warnOwners whether owners are mailed at all; null: no
 * @param fallback who is warned where nobody else is known; null: nobody
 * @param allowedDomains the only domains to which mail goes; null or empty: any
 * @param fetchWorkbook how people get at a workbook that is not attached, for the mail,
 * with <code>{path}</code> and <code>{name}</code> for the file's; null: its path
 */
public record MailSettings(@Nullable String from, @Nullable List<String> to, @Nullable DataSize maxAttachment,
		@Nullable String environment, @Nullable Boolean warnOwners, @Nullable String fallback,
		@Nullable List<String> allowedDomains, @Nullable String fetchWorkbook) {

	/** Nothing written: no mail server is needed, and nobody is mailed. */
	public static final MailSettings EMPTY = new MailSettings(null, null, null, null, null, null, null, null);

	private static final DataSize LARGEST_ATTACHMENT = DataSize.ofMegabytes(8);

	private static final Pattern STANDS_FOR = Pattern.compile("\\{(?!path}|name})[^}]*}?");

	public MailSettings {
		if (fetchWorkbook != null) {
			requireKnown(fetchWorkbook);
		}
	}

	private static void requireKnown(String fetchWorkbook) {
		Matcher unknown = STANDS_FOR.matcher(fetchWorkbook);
		if (unknown.find()) {
			throw Failure.configuration("keysteward.mail.fetch-workbook: '" + SafeText.visible(unknown.group())
					+ "' is not allowed; {path} and {name} are, for the workbook's");
		}
	}

	/**
	 * {@return whether owners are mailed at all}
	 */
	boolean warnsOwners() {
		return Boolean.TRUE.equals(this.warnOwners);
	}

	/**
	 * {@return whether an attachment of this size, as it is sent, may go by mail}
	 */
	boolean carries(long bytes) {
		DataSize largest = (this.maxAttachment != null) ? this.maxAttachment : LARGEST_ATTACHMENT;
		return bytes <= largest.toBytes();
	}

	/**
	 * {@return where a workbook is, or how to get at it, in one sentence}
	 */
	String place(Path file) {
		String path = SafeText.visible(file.toAbsolutePath().toString());
		return (this.fetchWorkbook == null) ? "It is at " + path
				: "To get it: " + SafeText.visible(this.fetchWorkbook)
					.replace("{path}", path)
					.replace("{name}", SafeText.visible(String.valueOf(file.getFileName())));
	}

}
