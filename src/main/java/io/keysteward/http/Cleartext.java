package io.keysteward.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * HTTP without encryption, which is for this machine only.
 */
public final class Cleartext {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

	private Cleartext() {
	}

	/**
	 * {@return whether what is sent there would leave this machine unencrypted}
	 * @param uri an address with a host
	 */
	public static boolean leavesThisMachine(URI uri) {
		return "http".equalsIgnoreCase(uri.getScheme())
				&& !THIS_MACHINE.contains(uri.getHost().toLowerCase(Locale.ROOT));
	}

}
