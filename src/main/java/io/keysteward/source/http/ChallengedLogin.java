package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.keysteward.http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password that are sent after a challenge: by Digest, or by Basic if the
 * server offers nothing else. The challenge is kept for later requests.
 */
final class ChallengedLogin implements Authentication {

	private static final int NONCE_BYTES = 18;

	private final SecureRandom random = new SecureRandom();

	private final String username;

	private final String password;

	private @Nullable DigestChallenge digest;

	private boolean basic;

	ChallengedLogin(String username, String password) {
		this.username = username;
		this.password = password;
	}

	@Override
	public synchronized void sign(HttpRequest.Builder request, String method, URI uri) {
		if (this.digest != null) {
			request.setHeader(FixedHeader.AUTHORIZATION,
					this.digest.answer(this.username, this.password, method, asked(uri), cnonce()));
		}
		else if (this.basic) {
			request.setHeader(FixedHeader.AUTHORIZATION, FixedHeader.basicValue(this.username, this.password));
		}
	}

	/** Tries a second time, since a server may not say that a nonce is too old. */
	@Override
	public synchronized boolean renew(Answer refusal, int before) {
		List<Challenge> offered = Challenge.all(refusal);
		DigestChallenge best = offered.stream()
			.map(DigestChallenge::of)
			.filter(Objects::nonNull)
			.max(Comparator.comparingInt(DigestChallenge::strength))
			.orElse(null);
		if (best == null) {
			boolean first = !this.basic;
			this.digest = null;
			this.basic = offered.stream().anyMatch((challenge) -> challenge.scheme().equals("basic"));
			return this.basic && first;
		}
		this.digest = best;
		return before == 0 || (before == 1 && best.isStale());
	}

	private static String asked(URI uri) {
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		return (uri.getRawQuery() != null) ? path + "?" + uri.getRawQuery() : path;
	}

	private String cnonce() {
		byte[] bytes = new byte[NONCE_BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

	@Override
	public String identity() {
		return "digest " + this.username;
	}

	@Override
	public String toString() {
		return identity();
	}

}
