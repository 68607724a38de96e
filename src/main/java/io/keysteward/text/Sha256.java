package io.keysteward.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes SHA-256, which every Java runtime supports.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * {@return the hash of a text in UTF-8, in hexadecimal digits}
	 */
	public static String of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * {@return the hash of bytes, in hexadecimal digits}
	 */
	public static String of(byte[] bytes) {
		MessageDigest digest = digest();
		digest.update(bytes);
		return hex(digest);
	}

	/**
	 * {@return a new digest}
	 */
	public static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has SHA-256", ex);
		}
	}

	/**
	 * {@return the hash of a digest's input, in hexadecimal digits}
	 */
	public static String hex(MessageDigest digest) {
		return HexFormat.of().formatHex(digest.digest());
	}

}
