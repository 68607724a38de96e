package io.keysteward.config;

import java.util.List;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Every connection is encrypted and verified.
 */
final class TransportCheck implements ReadinessCheck {

	private final ConfigurableEnvironment environment;

	private final KeystewardProperties properties;

	TransportCheck(ConfigurableEnvironment environment, KeystewardProperties properties) {
		this.environment = environment;
		this.properties = properties;
	}

	@Override
	public String check(Trial trial) {
		List<String> warnings = new TlsWarnings(this.environment).warnings(this.properties.sources(),
				this.properties.landing().datasource());
		warnings.forEach((line) -> trial.warned("transport", line));
		return warnings.isEmpty() ? "every server is this machine, or is verified by TLS" : "see above";
	}

}
