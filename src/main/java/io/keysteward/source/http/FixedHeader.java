package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.keysteward.text.Sha256;

/**
 * A login by a fixed header in each request.
 */
final class FixedHeader implements Authentication {

	static final String AUTHORIZATION = "Authorization";

	private final String value;

	private final String identity;

	private FixedHeader(String value, String identity) {
		this.value = value;
		this.identity = identity;
	}

	static FixedHeader bearer(String token) {
		return new FixedHeader("Bearer " + token, "bearer");
	}

	static FixedHeader basic(String username, String password) {
		return new FixedHeader(basicValue(username, password), "basic " + username);
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
		return this.identity.startsWith("basic") ? this.identity : Sha256.of(this.value);
	}

	@Override
	public String toString() {
		return this.identity;
	}

}
