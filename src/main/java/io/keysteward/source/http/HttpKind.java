package io.keysteward.source.http;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.keysteward.http.HttpConnection;
import io.keysteward.http.Pause;
import io.keysteward.http.TrustedAuthorities;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.StatementTimeout;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.LandedDefinitionReader;
import io.keysteward.source.landing.Landing;

import org.springframework.boot.ssl.SslBundles;

/**
 * Sources that are HTTP administration APIs.
 */
public final class HttpKind implements SourceKind {

	private final LandedDefinitionReader definitions;

	private final Landing landing;

	private final SslBundles bundles;

	private final Clock clock;

	private final Consumer<Duration> pause;

	/**
	 * Creates the kind.
	 * @param bundles the TLS bundles with private authorities
	 * @param clock our clock, for APIs that do not return the time
	 */
	public HttpKind(Path configDirectory, Landing landing, SslBundles bundles, Clock clock) {
		this(configDirectory, landing, bundles, clock, Pause::sleep);
	}

	HttpKind(Path configDirectory, Landing landing, SslBundles bundles, Clock clock, Consumer<Duration> pause) {
		this.definitions = new LandedDefinitionReader(configDirectory);
		this.landing = landing;
		this.bundles = bundles;
		this.clock = clock;
		this.pause = pause;
	}

	@Override
	public String setting() {
		return "http";
	}

	@Override
	public boolean isMeantBy(SourceSettings settings) {
		return settings.http() != null;
	}

	@Override
	public KeySource load(String id, SourceSettings settings, String property) {
		Duration timeout = StatementTimeout.require(property + ".statement-timeout", settings.statementTimeout());
		SourceSettings.Http http = Objects.requireNonNull(settings.http());
		String prefix = property + ".http.";
		HttpAddress address = HttpAddress.of(prefix + "url", http.url());
		HttpConnection connection = new HttpConnection(
				TrustedAuthorities.find(this.bundles, prefix + "ssl-bundle", http.sslBundle()));
		Login login = new Login(prefix, http, connection);
		Authentication authentication = login.authentication();
		LandedDefinition definition = this.definitions.load(property + ".definition",
				Objects.requireNonNull(settings.definitionName()));
		Parameters parameters = Parameters.of(property + ".parameters", settings.parameters());
		HttpDefinition lists = HttpDefinition.of(definition.file(Definition.YAML), definition.yaml().probe(),
				definition.tables(), parameters);
		ApiClient client = new ApiClient(id, address, login.headers(), authentication, connection, timeout, this.pause,
				this.clock);
		SwitchRequestsReader requests = new SwitchRequestsReader(definition);
		HttpSystem system = new HttpSystem(lists, client, parameters, authentication, requests.read(),
				requests.obstacle());
		return this.landing.source(id, definition, system, timeout, Map.of());
	}

	/** Two sources with an equal address show the same keys. */
	@Override
	public List<String> address(SourceSettings settings) {
		SourceSettings.Http http = Objects.requireNonNull(settings.http());
		Map<String, List<String>> parameters = (settings.parameters() != null) ? settings.parameters() : Map.of();
		return List.of(String.valueOf(http.url()), new TreeMap<>(parameters).toString(), login(http));
	}

	/** A login, to compare and never to show. */
	private static String login(SourceSettings.Http http) {
		return String.join("\n", String.valueOf(http.headers()), String.valueOf(http.bearer()),
				String.valueOf(http.basic()), String.valueOf(http.digest()), String.valueOf(http.oauth2()),
				String.valueOf(http.tokenCommand()));
	}

}
