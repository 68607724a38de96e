package io.keysteward.source.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A server's challenge for HTTP Digest (RFC 7616), and the answers to it: SHA-256 or MD5,
 * {@code qop=auth} or, for old servers, none.
 */
final class DigestChallenge {

	private static final Map<String, String> ALGORITHMS = Map.of("MD5", "MD5", "SHA-256", "SHA-256");

	private static final String SESSION = "-SESS";

	private final Challenge challenge;

	private final String realm;

	private final String nonce;

	private final String algorithm;

	private final boolean qop;

	private int count;

	private DigestChallenge(Challenge challenge, String nonce) {
		this.challenge = challenge;
		this.realm = challenge.parameter("realm", "");
		this.nonce = nonce;
		this.algorithm = challenge.parameter("algorithm", "MD5").toUpperCase(Locale.ROOT);
		this.qop = challenge.parameter("qop") != null;
	}

	/**
	 * {@return the challenge; null: it is not supported}
	 */
	static @Nullable DigestChallenge of(Challenge challenge) {
		String nonce = challenge.parameter("nonce");
		if (!challenge.scheme().equals("digest") || nonce == null) {
			return null;
		}
		DigestChallenge digest = new DigestChallenge(challenge, nonce);
		boolean auth = Arrays.stream(challenge.parameter("qop", "auth").split(","))
			.anyMatch((way) -> way.strip().equalsIgnoreCase("auth"));
		return (auth && ALGORITHMS.containsKey(digest.hash())) ? digest : null;
	}

	/**
	 * {@return its strength: the larger the better}
	 */
	int strength() {
		return hash().equals("SHA-256") ? 2 : 1;
	}

	/**
	 * {@return whether only the nonce was too old}
	 */
	boolean isStale() {
		return this.challenge.parameter("stale", "").equalsIgnoreCase("true");
	}

	private String hash() {
		return this.algorithm.endsWith(SESSION)
				? this.algorithm.substring(0, this.algorithm.length() - SESSION.length()) : this.algorithm;
	}

	/**
	 * {@return the value of the header Authorization}
	 * @param uri the requested path and query
	 * @param cnonce a number used once
	 */
	String answer(String username, String password, String method, String uri, String cnonce) {
		String nc = String.format("%08x", ++this.count);
		String a1 = hex(username + ":" + this.realm + ":" + password);
		if (this.algorithm.endsWith(SESSION)) {
			a1 = hex(a1 + ":" + this.nonce + ":" + cnonce);
		}
		String a2 = hex(method + ":" + uri);
		String middle = this.qop ? this.nonce + ":" + nc + ":" + cnonce + ":auth" : this.nonce;
		StringBuilder header = new StringBuilder("Digest ").append(user(username));
		add(header, "realm", this.realm);
		add(header, "uri", uri);
		add(header, "nonce", this.nonce);
		add(header, "response", hex(a1 + ":" + middle + ":" + a2));
		if (this.challenge.parameter("algorithm") != null) {
			header.append(", algorithm=").append(this.challenge.parameter("algorithm"));
		}
		if (this.qop || this.algorithm.endsWith(SESSION)) {
			add(header, "cnonce", cnonce);
		}
		if (this.qop) {
			header.append(", nc=").append(nc).append(", qop=auth");
		}
		if (this.challenge.parameter("opaque") != null) {
			add(header, "opaque", this.challenge.parameter("opaque", ""));
		}
		return header.toString();
	}

	private String user(String username) {
		if (this.challenge.parameter("userhash", "").equalsIgnoreCase("true")) {
			return "username=\"" + hex(username + ":" + this.realm) + "\", userhash=true";
		}
		boolean plain = username.chars().allMatch((character) -> character >= ' ' && character <= '~');
		return plain ? "username=" + quoted(username) : "username*=UTF-8''" + Template.encode(username);
	}

	private static void add(StringBuilder header, String name, String value) {
		header.append(", ").append(name).append('=').append(quoted(value));
	}

	private static String quoted(String value) {
		return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private String hex(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(hash(), "SHA-256"));
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has MD5 and SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "digest " + this.algorithm;
	}

}
