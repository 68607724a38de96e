package io.keysteward.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.DisableSettings;
import io.keysteward.disabling.NoticeSettings;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.metrics.MetricsSettings;
import io.keysteward.metrics.RunMetrics;
import io.keysteward.metrics.StoredFigures;
import io.keysteward.notice.mail.MailSettings;
import io.keysteward.notice.mail.OwnerDirectory;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.policy.ExemptionsFile;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.Rule;
import io.keysteward.report.ReportSettings;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.postgresql.PostgresqlKind;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.Environment;

/**
 * Puts the packages together and hands each its settings.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(KeystewardProperties.class)
@ComponentScan("io.keysteward")
public class KeystewardConfiguration {

	/** Said before anything else. */
	@Bean
	static BeanFactoryPostProcessor configurationIsSound(Environment environment) {
		return (beans) -> {
			PlaceholderCheck.requireResolved(environment);
			GovernanceUrl.require(environment, Path.of("").toAbsolutePath());
			GovernanceUrl.requireOwners(environment);
		};
	}

	/** An older jar on newer tables must not run. */
	@Bean
	static FlywayConfigurationCustomizer knownTables() {
		return KnownTables::strict;
	}

	@Bean
	static FlywayConfigurationCustomizer tablesOwner(Environment environment) {
		return (flyway) -> MigrationDataSource.of(environment).ifPresent(flyway::dataSource);
	}

	/** The system's, unless whoever starts us brings another. */
	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	JsonMapper json() {
		return JsonMapper.shared();
	}

	@Bean
	Policy policy(KeystewardProperties properties) {
		return Policy.of((properties.policy() != null) ? properties.policy() : PolicySettings.EMPTY);
	}

	@Bean
	DisablePolicy disablePolicy(KeystewardProperties properties) {
		return DisablePolicy.of((properties.disable() != null) ? properties.disable() : DisableSettings.EMPTY,
				(properties.notices() != null) ? properties.notices() : NoticeSettings.EMPTY);
	}

	@Bean
	SourceKind postgresql(KeystewardProperties properties, DataSource governance) {
		return new PostgresqlKind(configDirectory(properties), governance);
	}

	@Bean
	ExemptionsFile exemptionsFile(KeystewardProperties properties, List<Rule> rules) {
		ExemptionSettings settings = (properties.exemptions() != null) ? properties.exemptions()
				: ExemptionSettings.EMPTY;
		return new ExemptionsFile(configDirectory(properties), settings,
				rules.stream().map(Rule::code).collect(Collectors.toSet()));
	}

	@Bean
	SourceRegistry sources(KeystewardProperties properties, List<SourceKind> kinds) {
		return new SourceRegistry(kinds, (properties.sources() != null) ? properties.sources() : List.of());
	}

	@Bean
	InventorySettings inventorySettings(KeystewardProperties properties) {
		return (properties.inventory() != null) ? properties.inventory() : new InventorySettings(null, null);
	}

	@Bean
	ReportSettings reportSettings(KeystewardProperties properties) {
		return (properties.report() != null) ? properties.report() : ReportSettings.EMPTY;
	}

	@Bean
	OwnerDirectory owners(KeystewardProperties properties, MailSettings mail) {
		return OwnerDirectory.read(configDirectory(properties).resolve("owners.yaml"), mail);
	}

	@Bean
	MailSettings mailSettings(KeystewardProperties properties) {
		return (properties.mail() != null) ? properties.mail() : MailSettings.EMPTY;
	}

	@Bean
	RunMetrics runMetrics(KeystewardProperties properties, MailSettings mail, StoredFigures stored, Clock clock) {
		return new RunMetrics((properties.metrics() != null) ? properties.metrics() : MetricsSettings.EMPTY,
				mail.environment(), stored, clock);
	}

	private static Path configDirectory(KeystewardProperties properties) {
		return (properties.configDirectory() != null) ? properties.configDirectory() : Path.of("config");
	}

}
