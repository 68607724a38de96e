package io.keysteward.source.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.keysteward.http.Answer;
import io.keysteward.http.HttpConnection;
import io.keysteward.http.NoAnswer;
import io.keysteward.source.http.TokenLogin.Token;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Gets tokens by client credentials of OAuth 2.0 (RFC 6749, 4.4).
 */
final class ClientCredentials implements TokenLogin.TokenProvider {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration USUAL = Duration.ofMinutes(5);

	private static final Duration LONGEST = Duration.ofDays(1);

	private static final int SERVER_FAULT = 500;

	private static final int TOO_MANY = 429;

	private final String property;

	private final URI tokenUrl;

	private final String clientId;

	private final String clientSecret;

	private final @Nullable String scope;

	private final HttpConnection connection;

	ClientCredentials(String property, URI tokenUrl, String clientId, String clientSecret, @Nullable String scope,
			HttpConnection connection) {
		this.property = property;
		this.tokenUrl = tokenUrl;
		this.clientId = clientId;
		this.clientSecret = clientSecret;
		this.scope = scope;
		this.connection = connection;
	}

	@Override
	public Token token() {
		Answer answer = ask();
		if (answer.status() >= SERVER_FAULT || answer.status() == TOO_MANY) {
			throw Failure.retry(this.property + ": the token server answered " + answer.status(), null);
		}
		if (!answer.isSuccess()) {
			throw Failure.configuration(this.property + ": the token server answered " + answer.status()
					+ "; correct token-url, client-id, client-secret or scope");
		}
		JsonNode given = content(answer);
		JsonNode token = given.path("access_token");
		if (!token.isString() || token.stringValue().isBlank()) {
			throw Failure
				.configuration(this.property + ": the token server returned no access_token; correct token-url");
		}
		return Token.of(Template.headerText(this.property + ": the token", token.stringValue()), validity(given));
	}

	private Answer ask() {
		String form = "grant_type=client_credentials" + ((this.scope != null) ? "&scope=" + encoded(this.scope) : "");
		HttpRequest request = HttpRequest.newBuilder(this.tokenUrl)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "application/json")
			.header(FixedHeader.AUTHORIZATION,
					FixedHeader.basicValue(encoded(this.clientId), encoded(this.clientSecret)))
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build();
		try {
			return this.connection.send(request, PATIENCE);
		}
		catch (NoAnswer ex) {
			String line = this.property + ": the token server " + ex.why();
			throw ex.isLasting() ? Failure.configuration(line) : Failure.retry(line, null);
		}
	}

	private JsonNode content(Answer answer) {
		try {
			return Json.of(answer);
		}
		catch (JacksonException ex) {
			// The message quotes the answer.
			throw Failure
				.configuration(this.property + ": the token server does not answer with JSON; correct token-url");
		}
	}

	private static Duration validity(JsonNode given) {
		JsonNode seconds = given.path("expires_in");
		long number = seconds.isNumber() ? seconds.asLong(0) : 0;
		return (number <= 0) ? USUAL : Duration.ofSeconds(Math.min(number, LONGEST.toSeconds()));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "oauth2 " + this.clientId;
	}

}
