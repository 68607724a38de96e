package io.keysteward.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;

import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

/**
 * Writes HTML in which no text is ever more than text. Its style and its script are
 * allowed by their hashes, and nothing else is.
 */
final class Page {

	private static final String STYLE = resource("page.css");

	private static final String SCRIPT = resource("page.js");

	private final Writer out;

	Page(Writer out) {
		this.out = out;
	}

	void begin(String title) {
		raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\""
				+ " content=\"default-src 'none'; script-src '" + hash(SCRIPT) + "'; style-src '" + hash(STYLE)
				+ "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				+ "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
		text(title);
		raw("</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n");
	}

	void end() {
		raw("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
	}

	/** Writes an element with nothing but a text in it. */
	void element(String name, @Nullable String text) {
		element(name, null, text);
	}

	void element(String name, @Nullable String styleClass, @Nullable String text) {
		raw("<" + name + ((styleClass != null) ? " class=\"" + styleClass + "\"" : "") + ">");
		text(text);
		raw("</" + name + ">");
	}

	/** Writes a text that anybody may have written. */
	void text(@Nullable String untrusted) {
		if (untrusted != null) {
			raw(HtmlUtils.htmlEscape(SafeText.line(untrusted), "UTF-8"));
		}
	}

	/** Writes markup. */
	void raw(String markup) {
		try {
			this.out.write(markup);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A stream into the page, for what is ASCII. */
	OutputStream ascii() {
		return new OutputStream() {

			@Override
			public void write(int letter) {
				raw(String.valueOf((char) letter));
			}

			@Override
			public void write(byte[] letters, int from, int count) {
				raw(new String(letters, from, count, StandardCharsets.US_ASCII));
			}
		};
	}

	private static String hash(String text) {
		MessageDigest digest = Sha256.digest();
		return "sha256-" + Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static String resource(String name) {
		try (InputStream stream = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
