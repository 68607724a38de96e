package io.keysteward.source.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import io.keysteward.http.Cleartext;
import io.keysteward.text.Failure;
import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address of an API: scheme, host, port, and the base path of its lists.
 *
 * @param scheme https, or http for this machine
 * @param host the host in lower case
 * @param port the port, also if it is the default
 * @param path the path without a slash at its end
 */
record HttpAddress(String scheme, String host, int port, String path) {

	private static final int HTTPS = 443;

	private static final int HTTP = 80;

	/**
	 * {@return the address in a setting}
	 * @param property the setting's name
	 * @param url its value
	 */
	static HttpAddress of(String property, @Nullable String url) {
		if (url == null || url.isBlank()) {
			throw Failure.configuration(property + ": is required; write https://host/path");
		}
		URI uri = uri(property, url.strip());
		if (uri.getRawUserInfo() != null) {
			throw Failure.configuration(property + ": holds a user or a password; write them as basic.username and"
					+ " basic.password, where they are kept secret");
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw Failure.configuration(property + ": has a query or a fragment (? or #); write the part before it"
					+ " here, and queries in source.yaml");
		}
		return of(property, uri);
	}

	private static URI uri(String property, String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			// The message quotes the whole address.
			throw Failure
				.configuration(property + " '" + ShownUrl.of(url) + "': is not an address; write https://host/path");
		}
	}

	private static HttpAddress of(String property, URI uri) {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		String host = (uri.getHost() != null) ? uri.getHost().toLowerCase(Locale.ROOT) : "";
		if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
			throw Failure.configuration(property + " '" + ShownUrl.of(uri.toString()) + "': is not an address; write"
					+ " https://host/path");
		}
		if (Cleartext.leavesThisMachine(uri)) {
			throw Failure.configuration(property + " '" + ShownUrl.of(uri.toString()) + "': would send the login"
					+ " unencrypted; write https:// (http:// is allowed for localhost only)");
		}
		int port = (uri.getPort() >= 0) ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP;
		return new HttpAddress(scheme, host, port, uri.getRawPath().replaceAll("/+$", ""));
	}

	/**
	 * {@return the address of a path below this one}
	 * @param pathAndQuery the encoded path and query, which begin with a slash
	 */
	URI below(String pathAndQuery) {
		return URI.create(origin() + this.path + pathAndQuery);
	}

	/**
	 * {@return whether an address is on the same server}
	 */
	boolean isSameServer(URI uri) {
		int other = (uri.getPort() >= 0) ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
		return this.scheme.equalsIgnoreCase(uri.getScheme()) && this.host.equalsIgnoreCase(uri.getHost())
				&& other == this.port && uri.getRawUserInfo() == null;
	}

	/**
	 * {@return scheme, host and port}
	 */
	String origin() {
		boolean usual = this.port == (this.scheme.equals("https") ? HTTPS : HTTP);
		return this.scheme + "://" + this.host + (usual ? "" : ":" + this.port);
	}

	@Override
	public String toString() {
		return origin() + this.path;
	}

}
