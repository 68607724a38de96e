package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

import io.keysteward.http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token, which is kept until it expires and renewed once if it is refused.
 */
final class TokenLogin implements Authentication {

	/** A token must not expire during a request. */
	private static final Duration MARGIN = Duration.ofSeconds(30);

	private final TokenProvider provider;

	private @Nullable Token token;

	TokenLogin(TokenProvider provider) {
		this.provider = provider;
	}

	@Override
	public synchronized void sign(HttpRequest.Builder request, String method, URI uri) {
		if (this.token == null || this.token.end.isOver()) {
			this.token = this.provider.token();
		}
		request.setHeader(FixedHeader.AUTHORIZATION, "Bearer " + this.token.value);
	}

	@Override
	public synchronized boolean renew(Answer refusal, int before) {
		this.token = null;
		return before == 0;
	}

	@Override
	public String identity() {
		return this.provider.toString();
	}

	@Override
	public String toString() {
		return identity();
	}

	/** A provider of tokens; its text names it without secrets. */
	interface TokenProvider {

		Token token();

	}

	/** A token, and when to get another. */
	static final class Token {

		private final String value;

		private final Deadline end;

		private Token(String value, Deadline end) {
			this.value = value;
			this.end = end;
		}

		/**
		 * {@return a token with a validity}
		 */
		static Token of(String value, Duration validity) {
			Duration half = validity.dividedBy(2);
			Duration kept = validity.minus(MARGIN);
			return new Token(value, Deadline.in((kept.compareTo(half) > 0) ? kept : half));
		}

	}

}
