package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.keysteward.run.Run;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;

/**
 * A run's workbook as the mail carries it, or as the mail points to it.
 *
 * @param name its name as an attachment
 * @param place where it is, or how to get at it, in one sentence
 * @param bytes its size
 * @param sha256 its SHA-256 in hex
 * @param content what is attached; null: nothing is
 * @param whyNot why nothing is attached, in words that its size follows; empty: it is
 */
record WorkbookAttachment(String name, String place, long bytes, String sha256, @Nullable ByteArrayResource content,
		String whyNot) {

	private static final String TOO_LARGE = "Too large to attach";

	private static final int BASE64_LINE = 76;

	/**
	 * {@return the run's workbook}
	 * @throws Failure where the file is not there, or is not the one that the run wrote
	 */
	static WorkbookAttachment of(Run run, Path file, String sha256, MailSettings settings) {
		try {
			long bytes = Files.size(file);
			ByteArrayResource content = settings.carries(encoded(bytes)) ? read(file, sha256, run) : null;
			return new WorkbookAttachment("keysteward-" + MessageId.plain(run.dated("-")) + ".xlsx",
					settings.place(file), bytes, sha256, content, (content != null) ? "" : TOO_LARGE);
		}
		catch (IOException ex) {
			throw Failure.person("workbook \"" + file + "\" cannot be read (" + ex.getClass().getSimpleName() + "); "
					+ rewrite(run));
		}
	}

	boolean attached() {
		return this.content != null;
	}

	/**
	 * {@return the same workbook, for a server that does not take a mail with it}
	 */
	WorkbookAttachment refused() {
		return new WorkbookAttachment(this.name, this.place, this.bytes, this.sha256, null,
				"Not attached, since the mail server refused the mail with it");
	}

	/**
	 * {@return the size for people}
	 */
	String size() {
		if (this.bytes < 1024) {
			return this.bytes + " bytes";
		}
		double kilobytes = this.bytes / 1024.0;
		return (kilobytes < 1024) ? String.format(Locale.ROOT, "%.0f KB", kilobytes)
				: String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024);
	}

	/** As base64 with its line ends: what a mail server's limit is about. */
	static long encoded(long bytes) {
		long characters = (bytes + 2) / 3 * 4;
		return characters + (characters + BASE64_LINE - 1) / BASE64_LINE * 2;
	}

	private static ByteArrayResource read(Path file, String sha256, Run run) throws IOException {
		byte[] content = Files.readAllBytes(file);
		if (!MessageId.sha256(content).equalsIgnoreCase(sha256)) {
			throw Failure.person("workbook \"" + file + "\" is not the one that the run wrote: its SHA-256 differs; "
					+ rewrite(run));
		}
		return new ByteArrayResource(content);
	}

	private static String rewrite(Run run) {
		return "write it again with: report --run-key=" + SafeText.shortened(run.key()) + ", then start the run again";
	}

}
