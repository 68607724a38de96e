package io.keysteward.notice.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

import io.keysteward.http.Cleartext;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Where messages of a channel are posted. The whole address is a secret: whoever has it
 * can post.
 *
 * @param uri the address
 */
record ChannelAddress(URI uri) {

	private static final Set<String> OFFICE = Set.of("outlook.office.com", "outlook.office365.com");

	private static final String ALLOWED = "write https://host/path, as the service shows it";

	/**
	 * {@return the address in a setting}
	 * @param property the setting's name
	 * @param url its value, which no message quotes
	 */
	static ChannelAddress of(String property, @Nullable String url) {
		if (url == null || url.isBlank()) {
			throw Failure.configuration(property + ": is required; " + ALLOWED);
		}
		ChannelAddress address = new ChannelAddress(uri(property, url.strip()));
		URI uri = address.uri;
		if (uri.getHost() == null || !isWeb(uri.getScheme())) {
			throw Failure.configuration(property + ": is not a web address; " + ALLOWED);
		}
		if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
			throw Failure
				.configuration(property + ": holds a user, a password or a fragment (#); write the address without it");
		}
		if (Cleartext.leavesThisMachine(uri)) {
			throw Failure.configuration(property + ": " + address.shown()
					+ " would get messages unencrypted; write https:// (http:// is allowed for localhost only)");
		}
		if (address.isRetired()) {
			throw Failure.configuration(property + ": " + address.shown() + " is a connector of Microsoft 365, which"
					+ " Microsoft has retired: such connectors answer 200 for messages that nobody gets; make a workflow"
					+ " in Teams that posts what a webhook sends, and write its address");
		}
		return address;
	}

	private static URI uri(String property, String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			// Its message quotes the address.
			throw Failure.configuration(property + ": is not a web address; " + ALLOWED);
		}
	}

	private static boolean isWeb(@Nullable String scheme) {
		return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
	}

	private boolean isRetired() {
		return host().endsWith(".webhook.office.com") || (OFFICE.contains(host()) && path().startsWith("/webhook"));
	}

	private String host() {
		return this.uri.getHost().toLowerCase(Locale.ROOT);
	}

	private String path() {
		return (this.uri.getRawPath() != null) ? this.uri.getRawPath() : "";
	}

	/**
	 * {@return the server alone, which is no secret}
	 */
	URI server() {
		return URI.create(this.uri.getScheme() + "://" + this.uri.getRawAuthority() + "/");
	}

	/**
	 * {@return the host and the first part of the path, if that is not all of it}
	 */
	String shown() {
		String port = (this.uri.getPort() >= 0) ? ":" + this.uri.getPort() : "";
		int next = path().indexOf('/', 1);
		return host() + port + ((next > 0 && next < path().length() - 1) ? path().substring(0, next) : "") + "/…";
	}

	@Override
	public String toString() {
		return shown();
	}

}
