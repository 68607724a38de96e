package io.keysteward.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.metrics.RunMetrics;
import io.keysteward.metrics.StoredFigures;
import io.keysteward.notice.mail.MailSettings;
import io.keysteward.notice.mail.OwnerDirectory;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.policy.ExemptionsFile;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.report.ReportSettings;
import io.keysteward.run.Reminders;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.file.FilesKind;
import io.keysteward.source.jdbc.DatabaseKind;
import io.keysteward.source.http.HttpKind;
import io.keysteward.source.landing.Landing;
import io.keysteward.source.postgresql.PostgresqlKind;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderValidatorAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.Environment;

/**
 * Puts the packages together and hands each its settings. What Spring Boot configures and
 * where components are is listed: looking for both took a quarter of a start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ BatchJdbcAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class,
		DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
		FlywayAutoConfiguration.class, JdbcClientAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		LifecycleAutoConfiguration.class, MailSenderAutoConfiguration.class, MailSenderValidatorAutoConfiguration.class,
		PropertyPlaceholderAutoConfiguration.class, SslAutoConfiguration.class, ThymeleafAutoConfiguration.class,
		TransactionAutoConfiguration.class, TransactionManagerCustomizationAutoConfiguration.class })
@EnableConfigurationProperties(KeystewardProperties.class)
@ComponentScan({ "io.keysteward.config", "io.keysteward.decision", "io.keysteward.disabling", "io.keysteward.finding",
		"io.keysteward.insight", "io.keysteward.inventory", "io.keysteward.job", "io.keysteward.lock",
		"io.keysteward.metrics", "io.keysteward.notice", "io.keysteward.policy", "io.keysteward.report",
		"io.keysteward.run" })
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
	static FlywayMigrationStrategy pendingOnly() {
		return KnownTables::migrate;
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
		return Policy.of(properties.policy());
	}

	@Bean
	DisablePolicy disablePolicy(KeystewardProperties properties) {
		return DisablePolicy.of(properties.disable(), properties.notices());
	}

	@Bean
	Reminders reminders(DisablePolicy policy) {
		return policy.reminders();
	}

	@Bean
	SourceKind postgresql(KeystewardProperties properties, DataSource governance) {
		return new PostgresqlKind(properties.configDirectory(), governance);
	}

	@Bean
	Landing landing(KeystewardProperties properties, Environment environment) {
		return new Landing(properties.landing(), environment.getProperty("spring.datasource.url"),
				environment.getProperty("spring.datasource.username"));
	}

	@Bean
	SourceKind foreignDatabases(KeystewardProperties properties, Landing landing) {
		Path config = properties.configDirectory();
		return new DatabaseKind(config,
				(properties.drivers() != null) ? properties.drivers() : config.resolveSibling("drivers"), landing);
	}

	@Bean
	SourceKind files(KeystewardProperties properties, Landing landing, Clock clock) {
		return new FilesKind(properties.configDirectory(), landing, clock);
	}

	@Bean
	SourceKind http(KeystewardProperties properties, Landing landing, SslBundles bundles, Clock clock) {
		return new HttpKind(properties.configDirectory(), landing, bundles, clock);
	}

	@Bean
	ExemptionSettings exemptionSettings(KeystewardProperties properties) {
		return properties.exemptions();
	}

	@Bean
	ExemptionsFile exemptionsFile(KeystewardProperties properties, List<Rule> rules) {
		return new ExemptionsFile(properties.configDirectory(), properties.exemptions(),
				rules.stream().map(Rule::code).collect(Collectors.toSet()));
	}

	@Bean
	SourceRegistry sources(KeystewardProperties properties, List<SourceKind> kinds) {
		return new SourceRegistry(kinds, properties.sources());
	}

	@Bean
	InventorySettings inventorySettings(KeystewardProperties properties) {
		return properties.inventory();
	}

	@Bean
	ReportSettings reportSettings(KeystewardProperties properties) {
		return properties.report();
	}

	@Bean
	OwnerDirectory owners(KeystewardProperties properties, MailSettings mail) {
		return OwnerDirectory.read(properties.configDirectory().resolve("owners.yaml"), mail,
				Channels.ids(properties.channels()));
	}

	@Bean
	Channels channels(KeystewardProperties properties, SslBundles bundles, Clock clock) {
		return Channels.of(properties.channels(), bundles, clock);
	}

	@Bean
	MailSettings mailSettings(KeystewardProperties properties) {
		return properties.mail();
	}

	@Bean
	RunMetrics runMetrics(KeystewardProperties properties, MailSettings mail, StoredFigures stored, Clock clock) {
		return new RunMetrics(properties.metrics(), mail.environment(), stored, clock);
	}

}
