package io.keysteward.notice.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.keysteward.text.Failure;

/**
 * Signs messages as Standard Webhooks 1.0.0 describes it.
 */
final class Signature {

	private static final String PREFIX = "whsec_";

	private static final int SHORTEST = 24;

	private static final int LONGEST = 64;

	private static final String ALGORITHM = "HmacSHA256";

	private final List<SecretKeySpec> keys;

	private Signature(List<SecretKeySpec> keys) {
		this.keys = keys;
	}

	/**
	 * {@return what signs with each of the secrets, so that one can replace another}
	 * @param property the setting's name
	 * @param secrets its values, which no message quotes
	 */
	static Signature of(String property, List<String> secrets) {
		List<SecretKeySpec> keys = new ArrayList<>();
		for (String secret : secrets) {
			keys.add(new SecretKeySpec(decode(property, secret.strip()), ALGORITHM));
		}
		if (keys.isEmpty()) {
			throw Failure.configuration(property + ": is required for a webhook; write " + allowed());
		}
		return new Signature(keys);
	}

	private static byte[] decode(String property, String secret) {
		byte[] key = new byte[0];
		if (secret.startsWith(PREFIX)) {
			try {
				key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
			}
			catch (IllegalArgumentException ex) {
				// Refused below, since it has no bytes.
			}
		}
		if (key.length < SHORTEST || key.length > LONGEST) {
			throw Failure.configuration(property + ": is not a secret of a webhook; write " + allowed());
		}
		return key;
	}

	private static String allowed() {
		return PREFIX + " and " + SHORTEST + " to " + LONGEST + " random bytes in base64, such as the output of"
				+ " 'openssl rand -base64 32' after " + PREFIX;
	}

	/**
	 * {@return the signatures of a message, separated by spaces}
	 * @param id the message's id
	 * @param seconds when it is sent, in seconds since 1970
	 * @param body its body
	 */
	String sign(String id, long seconds, byte[] body) {
		return this.keys.stream()
			.map((key) -> "v1," + Base64.getEncoder().encodeToString(sign(key, id, seconds, body)))
			.collect(Collectors.joining(" "));
	}

	private static byte[] sign(SecretKeySpec key, String id, long seconds, byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
			return mac.doFinal(body);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a message could not be signed", ex);
		}
	}

}
