package io.keysteward.source.jdbc;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;

import javax.net.ssl.SSLException;

import io.keysteward.text.ShownUrl;

/**
 * The cause of a driver's exception: the network, TLS, or unknown.
 */
final class ErrorCause {

	private ErrorCause() {
	}

	/**
	 * {@return whether TLS failed, or a file that it needs; another try does not help}
	 */
	static boolean isOfTls(SQLException fault) {
		boolean tls = false;
		for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
			if (cause instanceof EOFException || cause instanceof SocketException) {
				return false;
			}
			tls |= cause instanceof SSLException || cause instanceof GeneralSecurityException
					|| cause instanceof FileNotFoundException || cause instanceof FileSystemException;
		}
		return tls;
	}

	/**
	 * {@return whether the network failed}
	 */
	static boolean isOfTheNetwork(SQLException fault) {
		for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * {@return the first line of the driver's message, and of its cause if the message
	 * omits it}
	 */
	static String line(SQLException fault) {
		Throwable root = root(fault);
		String line = firstLine(String.valueOf(fault.getMessage()));
		String cause = (root instanceof UnknownHostException)
				? "unknown host " + String.valueOf(root.getMessage()).split(":", 2)[0]
				: firstLine(String.valueOf(root.getMessage()));
		return (root == fault || root.getMessage() == null || line.contains(cause)) ? line : line + ": " + cause;
	}

	/**
	 * {@return the innermost cause}
	 */
	static Throwable root(Throwable error) {
		Throwable root = error;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String firstLine(String text) {
		return ShownUrl.within(text.strip().lines().findFirst().orElse("no reason given"))
			.strip()
			.replaceFirst("\\.$", "");
	}

}
