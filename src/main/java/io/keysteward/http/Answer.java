package io.keysteward.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A complete answer. It is untrusted and may contain secrets: messages show only its
 * status.
 */
public final class Answer {

	private static final int SUCCESS = 2;

	private static final int HUNDRED = 100;

	private final URI uri;

	private final int status;

	private final HttpHeaders headers;

	private final List<byte[]> body;

	public Answer(URI uri, int status, HttpHeaders headers, List<byte[]> body) {
		this.uri = uri;
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * {@return the address that sent it}
	 */
	public URI uri() {
		return this.uri;
	}

	public int status() {
		return this.status;
	}

	public boolean isSuccess() {
		return this.status / HUNDRED == SUCCESS;
	}

	public @Nullable String header(String name) {
		return this.headers.firstValue(name).orElse(null);
	}

	public List<String> headers(String name) {
		return this.headers.allValues(name);
	}

	/**
	 * {@return its time by the server's clock; null: it has none}
	 */
	public @Nullable Instant date() {
		return time(header("Date"));
	}

	/**
	 * {@return the time in a header; null: it is not a time}
	 */
	public static @Nullable Instant time(@Nullable String text) {
		try {
			return (text != null) ? ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
					: null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * {@return whether it is an HTML page}
	 */
	public boolean isForPeople() {
		String type = header("Content-Type");
		return type != null && type.toLowerCase(Locale.ROOT).contains("html");
	}

	public InputStream body() {
		return new SequenceInputStream(
				Collections.enumeration(this.body.stream().map(ByteArrayInputStream::new).toList()));
	}

	@Override
	public String toString() {
		return "answer " + this.status;
	}

}
