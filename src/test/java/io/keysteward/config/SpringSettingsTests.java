package io.keysteward.config;

import java.util.Map;

import io.keysteward.text.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A switch that is written as on or yes is on for whoever reads it: the drivers' own
 * readers take it for off.
 */
class SpringSettingsTests {

	private static final String STARTTLS = "spring.mail.properties[mail.smtp.starttls.required]";

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource({ "on, true", "yes, true", "YES, true", "off, false", "No, false", "true, true", "False, False" })
	void theMailServersSwitchesAreWhatIsWritten(String written, String read) {
		set(STARTTLS, written);
		SpringSettings.settle(this.environment);
		Map<String, String> mail = Binder.get(this.environment)
			.bind("spring.mail.properties", Bindable.mapOf(String.class, String.class))
			.get();
		assertThat(mail).containsExactly(Map.entry("mail.smtp.starttls.required", read));
	}

	@ParameterizedTest
	@CsvSource({ "spring.flyway.enabled, yes, true", "spring.flyway.enabled, off, false",
			"spring.mail.username, on, on", "spring.datasource.password, yes, yes",
			"keysteward.mail.environment, on, on" })
	void switchesAreSettledAndTextsAreNot(String property, String written, String read) {
		set(property, written);
		SpringSettings.settle(this.environment);
		assertThat(this.environment.getProperty(property)).isEqualTo(read);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".tcpKeepAlive", "[tcpKeepAlive]" })
	void theDatabaseDriversSwitchesKeepTheirNames(String name) {
		set("spring.datasource.hikari.data-source-properties" + name, "on");
		SpringSettings.settle(this.environment);
		assertThat(Binder.get(this.environment)
			.bind("spring.datasource.hikari.data-source-properties", Bindable.mapOf(String.class, String.class))
			.get()).containsExactly(Map.entry("tcpKeepAlive", "true"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "30_000", "0x7530", "0b11", "1_0" })
	void aNumberThatDriversDoNotReadIsRefused(String written) {
		set("spring.mail.properties[mail.smtp.timeout]", written);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> SpringSettings.settle(this.environment))
			.withMessageStartingWith("spring.mail.properties[mail.smtp.timeout]")
			.withMessageContaining("'" + written + "' is not allowed; write the number in plain digits");
	}

	@ParameterizedTest
	@CsvSource({ "yes, true", "off, false" })
	void anEnvironmentVariableIsReadAlike(String written, String read) {
		this.environment.getPropertySources()
			.replace("systemEnvironment",
					new SystemEnvironmentPropertySource("systemEnvironment", Map.of("SPRING_FLYWAY_ENABLED", written)));
		ConfigurationPropertySources.attach(this.environment);
		SpringSettings.settle(this.environment);
		assertThat(this.environment.getProperty("spring.flyway.enabled")).isEqualTo(read);
	}

	private void set(String property, String value) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("given", Map.of(property, value)));
		ConfigurationPropertySources.attach(this.environment);
	}

}
