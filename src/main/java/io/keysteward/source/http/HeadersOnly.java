package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;

import io.keysteward.http.Answer;
import io.keysteward.text.Sha256;

/**
 * A login by the headers in the settings.
 */
final class HeadersOnly implements Authentication {

	private final Map<String, String> headers;

	HeadersOnly(Map<String, String> headers) {
		this.headers = new TreeMap<>(headers);
	}

	/** Adds nothing: each request already has the headers. */
	@Override
	public void sign(HttpRequest.Builder request, String method, URI uri) {
	}

	@Override
	public boolean renew(Answer refusal, int before) {
		return false;
	}

	@Override
	public String identity() {
		return "headers " + String.join(", ", this.headers.keySet());
	}

	@Override
	public String fingerprint() {
		return Sha256.of(this.headers.toString());
	}

	@Override
	public String toString() {
		return identity();
	}

}
