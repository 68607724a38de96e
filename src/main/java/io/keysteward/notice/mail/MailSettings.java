package io.keysteward.notice.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code keysteward.mail}; the server is configured under
 * {@code spring.mail}.
 *
 * @param from the sender's address; required where a mail server is configured
 * @param to who gets the governance mail; required where a mail server is configured
 * @param maxAttachment a larger workbook is pointed to instead
 * @param environment shown in the subject, such as {@code prod}; null: not shown
 * @param warnOwners whether owners are mailed at all
 * @param fallback who is warned where nobody else is known; null: nobody
 * @param allowedDomains the only domains to which mail goes; empty: any
 * @param fetchWorkbook how people get at a workbook that is not attached, for the mail,
 * with <code>{path}</code> and <code>{name}</code> for the file's; null: its path
 */
public record MailSettings(@Nullable String from, @DefaultValue List<String> to,
		@DefaultValue("8MB") DataSize maxAttachment, @Nullable String environment,
		@DefaultValue("false") boolean warnOwners, @Nullable String fallback, @DefaultValue List<String> allowedDomains,
		@Nullable String fetchWorkbook) {

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
	 * {@return whether an attachment of this size, as it is sent, may go by mail}
	 */
	boolean carries(long bytes) {
		return bytes <= this.maxAttachment.toBytes();
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
