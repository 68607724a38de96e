package io.keysteward.http;

import javax.net.ssl.SSLContext;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The authorities that sign the certificates of servers.
 */
public final class TrustedAuthorities {

	private TrustedAuthorities() {
	}

	/**
	 * {@return what trusts the authorities of a bundle; null: the JDK's authorities}
	 * @param bundles all bundles
	 * @param property the property that names one
	 * @param bundle its name; null: none
	 */
	public static @Nullable SSLContext find(SslBundles bundles, String property, @Nullable String bundle) {
		if (bundle == null) {
			return null;
		}
		try {
			return bundles.getBundle(bundle).createSslContext();
		}
		catch (NoSuchSslBundleException ex) {
			throw Failure.configuration(property + " '" + bundle + "': there is no such bundle under"
					+ " spring.ssl.bundle; name an existing one");
		}
		catch (RuntimeException ex) {
			throw Failure
				.configuration(property + " '" + bundle + "': cannot be read; check its files under spring.ssl.bundle");
		}
	}

}
