package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.keysteward.http.Answer;
import io.keysteward.text.Sha256;

/**
 * A login by a fixed header in each request.
 */
final class FixedHeader implements Authentication {

	static final String AUTHORIZATION = "Authorization";

	private final String value;

	private final String identity;

	private final String fingerprint;

	private FixedHeader(String value, String identity, String fingerprint) {
		this.value = value;
		this.identity = identity;
		this.fingerprint = fingerprint;
	}

	static FixedHeader bearer(String token) {
		String value = "Bearer " + token;
		return new FixedHeader(value, "bearer", Sha256.of(value));
	}

	static FixedHeader basic(String username, String password) {
		String identity = "basic " + username;
		return new FixedHeader(basicValue(username, password), identity, identity);
	}

	/**
	 * {@return the header's value for a user and a password}
	 */
	static String basicValue(String username, String password) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void sign(HttpRequest.Builder request, String method, URI uri) {
		request.setHeader(AUTHORIZATION, this.value);
	}

	@Override
	public boolean renew(Answer refusal, int before) {
		return false;
	}

	@Override
	public String identity() {
		return this.identity;
	}

	@Override
	public String fingerprint() {
		return this.fingerprint;
	}

	@Override
	public String toString() {
		return this.identity;
	}

}
