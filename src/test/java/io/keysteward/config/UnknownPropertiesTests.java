package io.keysteward.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import io.keysteward.text.Failure;
import io.keysteward.yaml.WrittenYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * A misspelt property is refused wherever it is written; what is somebody else's is left
 * alone.
 */
class UnknownPropertiesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final MutablePropertySources sources = this.environment.getPropertySources();

	@ParameterizedTest
	@CsvSource({ "spring.mail.hots, spring.mail.host", "spring.mail.smtp.auth, spring.mail.",
			"spring.datasource.pasword, spring.datasource.password", "spring.flyway.usr, spring.flyway.user",
			"spring.datasource.hikari.connection-timeuot, spring.datasource.hikari.connection-timeout",
			"keysteward.policy.presett, keysteward.policy.preset",
			"keystewart.policy.preset, keysteward.policy.preset" })
	void aMisspeltPropertyIsRefused(String name, String meant) throws IOException {
		yaml("a: b\n" + name + ": x\n");
		refused(name + " (application.yaml line 2): unknown property; did you mean " + meant);
	}

	@Test
	void allOfThemAreSaidAtOnce() throws IOException {
		yaml("spring.mail.hots: x\nkeysteward.reprot.directory: x\n");
		refused("spring.mail.hots");
		refused("keysteward.reprot.directory");
	}

	@Test
	void whatIsShippedIsKnown() throws IOException {
		yaml(Files.readString(Path.of("src/main/resources/application.yaml")));
		yaml(Files.readString(Path.of("config/application.yaml"))
			.replaceAll("(?m)^( *)# ([ a-z-]+:|  *- |\\[)", "$1$2")
			.replaceAll("(?m)^( +)# +(\"\\[mail)", "$1$2"));
		accepted();
	}

	@Test
	void entriesOfMapsAndOtherSpellingsAreKnown() throws IOException {
		yaml("spring:\n  mail:\n    testConnection: true\n    properties:\n      mail.smtp.auth: true\n"
				+ "  flyway:\n  datasource:\n    hikari:\n      data-source-properties: { sslmode: require }\n"
				+ "keysteward:\n  sources: []\n  mail:\n  report: { maxInventoryRows: 5 }\nother.thing: x\n");
		accepted();
	}

	@Test
	void aSystemPropertyIsSaidToBeOne() {
		Properties given = new Properties();
		given.put("keysteward.policy.presett", "cis");
		this.sources.replace("systemProperties", new PropertiesPropertySource("systemProperties", given));
		refused("keysteward.policy.presett (system property): unknown property; did you mean keysteward.policy.preset?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "KEYSTEWARD_INVENTORY_KEEPRUNS", "KEYSTEWARD_INVENTORY_KEEP_RUNS" })
	void aVariableOfThePastIsRefusedToo(String variable) {
		variables(variable);
		refused(variable
				+ " (environment variable): is replaced by keysteward.inventory.keep, a time such as 400d: what a"
				+ " run changes takes little room; write that, or remove this one");
	}

	@ParameterizedTest
	@CsvSource({ "KEYSTEWARD_POLICY_PRESETT, KEYSTEWARD_POLICY_PRESET",
			"KEYSTEWARD_REPORT_DIRECTORRY, KEYSTEWARD_REPORT_DIRECTORY", "SPRING_MAIL_HOTS, SPRING_MAIL_HOST",
			"KEYSTEWARD_SOURCES_1_DATASOURCE_PASWORD, KEYSTEWARD_SOURCES_0_DATASOURCE_PASSWORD" })
	void aVariableThatIsNearlyAPropertyIsRefused(String variable, String meant) {
		variables(variable);
		refused(variable + " (environment variable): unknown property; did you mean " + meant + "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "KEYSTEWARD_DB_URL", "KEYSTEWARD_DB_USERNAME", "KEYSTEWARD_DB_PASSWORD",
			"KEYSTEWARD_OWNER_PASSWORD", "KEYSTEWARD_MAIL_PASSWORD", "KEYSTEWARD_TRIGGER", "KEYSTEWARD_CRONJOB",
			"KEYSTEWARD_REQUESTED_BY", "KEYSTEWARD_DB_SERVICE_HOST", "KEYSTEWARD_DB_SERVICE_PORT_POSTGRES",
			"KEYSTEWARD_DB_PORT", "KEYSTEWARD_DB_PORT_5432_TCP", "KEYSTEWARD_DB_PORT_5432_TCP_ADDR",
			"KEYSTEWARD_MAIL_PORT", "KEYSTEWARD_MAIL_SERVICE_HOST", "KEYSTEWARD_HOME", "KEYSTEWARD_VERSION",
			"KEYSTEWARD_MAIL_TO_0", "KEYSTEWARD_REPORT_MAXINVENTORYROWS", "KEYSTEWARD_REPORT_MAX_INVENTORY_ROWS",
			"KEYSTEWARD_SOURCES_12_DATASOURCE_PASSWORD", "KEYSTEWARD_METRICS_OTLP_HEADERS_X",
			"KEYSTEWARD_CONFIGDIRECTORY", "SPRING_MAIL_HOST", "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE" })
	void aVariableThatIsAPropertyOrSomebodyElsesIsLeftAlone(String variable) {
		variables(variable);
		accepted();
	}

	@Test
	void aVariableThatTheConfigurationRefersToMayHaveAnyName() throws IOException {
		yaml("spring.mail.password: ${KEYSTEWARD_MAIL_FORM:x}\n");
		variables("KEYSTEWARD_MAIL_FORM");
		accepted();
	}

	@Test
	void whereNoConfigurationIsThatIsSaid(@TempDir Path elsewhere) throws IOException {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GovernanceUrl.require(this.environment, elsewhere))
			.withMessageContaining(
					"spring.datasource.url: is not set; there is no config/application.yaml in " + elsewhere)
			.withMessageContaining("SPRING_CONFIG_ADDITIONAL_LOCATION");
		Files.createDirectory(elsewhere.resolve("config"));
		Files.createFile(elsewhere.resolve("config/application.yaml"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GovernanceUrl.require(this.environment, elsewhere))
			.withMessageContaining("name the governance database");
	}

	private void yaml(String yaml) throws IOException {
		ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return "application.yaml";
			}
		};
		new WrittenYaml().load("yaml" + this.sources.size(), file).forEach(this.sources::addLast);
	}

	private void variables(String name) {
		this.sources.replace("systemEnvironment",
				new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "x", "PATH", "/bin")));
	}

	private void refused(String line) {
		ConfigurationPropertySources.attach(this.environment);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> UnknownProperties.refuse(this.environment))
			.withMessageContaining(line);
	}

	private void accepted() {
		ConfigurationPropertySources.attach(this.environment);
		assertThatNoException().isThrownBy(() -> UnknownProperties.refuse(this.environment));
	}

}
