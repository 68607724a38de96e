package io.keysteward.source.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.keysteward.http.HttpConnection;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source's login from its settings; it must be exactly one.
 */
final class Login {

	private static final String ALLOWED = "headers, bearer, basic, digest, oauth2 or token-command";

	private final String prefix;

	private final SourceSettings.Http settings;

	private final HttpConnection connection;

	/**
	 * Starts to read settings.
	 * @param prefix the prefix of their names
	 * @param connection the connection to a token server
	 */
	Login(String prefix, SourceSettings.Http settings, HttpConnection connection) {
		this.prefix = prefix;
		this.settings = settings;
		this.connection = connection;
	}

	/**
	 * {@return the headers of each request}
	 */
	Map<String, String> headers() {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (this.settings.headers() != null) {
			this.settings.headers().forEach((name, value) -> {
				String where = this.prefix + "headers." + name;
				if (value == null || value.isBlank()) {
					throw Failure.configuration(where + ": is empty; write its value, or remove it");
				}
				if (!name.equalsIgnoreCase(FixedHeader.AUTHORIZATION)) {
					HttpList.headerName(this.prefix + "headers", name);
				}
				headers.put(name, Template.headerText(where, value));
			});
		}
		return headers;
	}

	Authentication authentication() {
		Map<String, Supplier<Authentication>> ways = ways();
		Map<String, String> headers = headers();
		if (ways.size() > 1 || (ways.size() == 1 && headers.containsKey(FixedHeader.AUTHORIZATION))) {
			List<String> names = new ArrayList<>(ways.keySet());
			if (ways.size() == 1) {
				names.add("headers.Authorization");
			}
			throw Failure.configuration(this.prefix + names.get(0) + ": is not allowed together with " + names.get(1)
					+ ", since a source has one login; remove all but one");
		}
		if (!ways.isEmpty()) {
			return ways.values().iterator().next().get();
		}
		if (headers.isEmpty()) {
			throw Failure.configuration(
					this.prefix.substring(0, this.prefix.length() - 1) + ": has no login; write one of " + ALLOWED);
		}
		return new HeadersOnly(headers);
	}

	private Map<String, Supplier<Authentication>> ways() {
		Map<String, Supplier<Authentication>> ways = new LinkedHashMap<>();
		if (this.settings.bearer() != null) {
			String token = this.settings.bearer();
			ways.put("bearer", () -> FixedHeader.bearer(secret("bearer", token)));
		}
		if (this.settings.basic() != null) {
			SourceSettings.Login login = this.settings.basic();
			ways.put("basic", () -> FixedHeader.basic(user("basic", login), password("basic", login)));
		}
		if (this.settings.digest() != null) {
			SourceSettings.Login login = this.settings.digest();
			ways.put("digest", () -> new ChallengedLogin(user("digest", login), password("digest", login)));
		}
		if (this.settings.oauth2() != null) {
			SourceSettings.Oauth2 oauth2 = this.settings.oauth2();
			ways.put("oauth2", () -> new TokenLogin(clientCredentials(oauth2)));
		}
		if (this.settings.tokenCommand() != null) {
			List<String> command = this.settings.tokenCommand();
			ways.put("token-command", () -> new TokenLogin(command(command)));
		}
		return ways;
	}

	private ClientCredentials clientCredentials(SourceSettings.Oauth2 oauth2) {
		HttpAddress address = HttpAddress.of(this.prefix + "oauth2.token-url", oauth2.tokenUrl());
		URI tokenUrl = address.below(address.path().isEmpty() ? "/" : "");
		return new ClientCredentials(this.prefix + "oauth2", tokenUrl,
				required("oauth2.client-id", oauth2.clientId(), "the client's id"),
				required("oauth2.client-secret", oauth2.clientSecret(), "the client's secret"), oauth2.scope(),
				this.connection);
	}

	private TokenCommand command(List<String> command) {
		if (command.isEmpty() || command.get(0).isBlank()) {
			throw Failure.configuration(
					this.prefix + "token-command: is empty; write a program's path and its arguments as a list");
		}
		return new TokenCommand(this.prefix + "token-command", command);
	}

	private String user(String way, SourceSettings.Login login) {
		String user = required(way + ".username", login.username(), "the user");
		if (user.indexOf(':') >= 0 || user.chars().anyMatch(Character::isISOControl)) {
			throw Failure.configuration(
					this.prefix + way + ".username: has a colon or a control character, which this login does not"
							+ " allow; use another user");
		}
		return user;
	}

	private String password(String way, SourceSettings.Login login) {
		return required(way + ".password", login.password(), "the password");
	}

	private String secret(String name, String value) {
		return Template.headerText(this.prefix + name, required(name, value, "the token"));
	}

	private String required(String name, @Nullable String value, String what) {
		if (value == null || value.isBlank()) {
			throw Failure.configuration(
					this.prefix + name + ": is required; write " + what + ", best as ${VARIABLE} from the environment");
		}
		return value;
	}

}
