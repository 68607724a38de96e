package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.keysteward.run.Run;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;

/**
 * A run's report as an attachment, or as a place that the mail names.
 *
 * @param title its title
 * @param name its name as an attachment
 * @param place its place, or how to fetch it, in one sentence
 * @param bytes its size
 * @param sha256 its SHA-256 in hex
 * @param content the attached bytes; null: not attached
 * @param whyNot why it is not attached, in words before its size; empty: it is attached
 */
record ReportAttachment(String title, String name, String place, long bytes, String sha256,
		@Nullable ByteArrayResource content, String whyNot) {

	private static final String TOO_LARGE = "Too large to attach";

	private static final int BASE64_LINE = 76;

	/**
	 * {@return the run's report}
	 * @throws Failure where the file is missing, or is not the one that the run wrote
	 */
	static ReportAttachment prepare(Run run, MailedReport report, MailSettings settings) {
		Path file = report.file();
		try {
			long bytes = Files.size(file);
			ByteArrayResource content = (report.forPeople() && settings.carries(encoded(bytes))) ? read(report, run)
					: null;
			return new ReportAttachment(report.title(), "keysteward-" + MessageId.plain(run.dated("-")) + ".xlsx",
					settings.place(file), bytes, report.sha256(), content, (content != null) ? "" : whyNot(report));
		}
		catch (IOException ex) {
			throw unreadable(report, run, ex);
		}
	}

	/**
	 * {@return the run's report for a message without attachments, which names its place}
	 * @throws Failure where the file is missing
	 */
	static ReportAttachment named(Run run, MailedReport report, MailSettings settings) {
		try {
			return new ReportAttachment(report.title(), "", settings.place(report.file()), Files.size(report.file()),
					report.sha256(), null, "Written");
		}
		catch (IOException ex) {
			throw unreadable(report, run, ex);
		}
	}

	private static String whyNot(MailedReport report) {
		return report.forPeople() ? TOO_LARGE
				: "No workbook is written (keysteward.report.formats), and the " + report.title() + " is not attached";
	}

	boolean attached() {
		return this.content != null;
	}

	/**
	 * {@return the same report, not attached, for a server that refuses it}
	 */
	ReportAttachment refused() {
		return new ReportAttachment(this.title, this.name, this.place, this.bytes, this.sha256, null,
				"Not attached, since the mail server refused the mail with it");
	}

	/**
	 * {@return the size as text}
	 */
	String size() {
		if (this.bytes < 1024) {
			return this.bytes + " bytes";
		}
		double kilobytes = this.bytes / 1024.0;
		return (kilobytes < 1024) ? String.format(Locale.ROOT, "%.0f KB", kilobytes)
				: String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024);
	}

	/** The size in base64 with line ends, to which a mail server's limit applies. */
	static long encoded(long bytes) {
		long characters = (bytes + 2) / 3 * 4;
		return characters + (characters + BASE64_LINE - 1) / BASE64_LINE * 2;
	}

	private static ByteArrayResource read(MailedReport report, Run run) throws IOException {
		byte[] content = Files.readAllBytes(report.file());
		if (!Sha256.of(content).equalsIgnoreCase(report.sha256())) {
			throw Failure.person(report.title() + " \"" + report.file()
					+ "\" is not the one that the run wrote: its SHA-256 differs; " + rewrite(report, run));
		}
		return new ByteArrayResource(content);
	}

	private static Failure unreadable(MailedReport report, Run run, IOException ex) {
		return Failure.person(report.title() + " \"" + report.file() + "\" cannot be read ("
				+ ex.getClass().getSimpleName() + "); " + rewrite(report, run));
	}

	private static String rewrite(MailedReport report, Run run) {
		return "write it again with: report --run-key=" + SafeText.shortened(run.key())
				+ (report.forPeople() ? "" : " --format=" + report.format()) + ", then start the run again";
	}

}
