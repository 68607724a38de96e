package io.keysteward.disabling;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.config.KeystewardConfiguration;
import io.keysteward.config.SpringSettings;
import io.keysteward.job.Progress;
import io.keysteward.job.RestoreLauncher;
import io.keysteward.job.RunLauncher;
import io.keysteward.job.RunRequest;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.run.Outcome;
import io.keysteward.run.Run;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.source.InMemorySource;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A month of nights with a source that is no database: reading, warning, disabling and
 * restoring know of its kind only what every kind promises.
 */
class AnotherKindTests {

	private final ArmedRegister armed;

	private final InMemorySource source = new InMemorySource("console", Clock.systemUTC());

	private final ConfigurableApplicationContext context;

	AnotherKindTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
		Map<String, Object> properties = new HashMap<>(this.armed.register.properties());
		properties.keySet().removeIf((name) -> name.contains("datasource") && name.startsWith("keysteward."));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		this.context = new SpringApplicationBuilder(KeystewardConfiguration.class).environment(environment)
			.initializers((starting) -> SpringSettings.settle(starting.getEnvironment()),
					(starting) -> starting.addBeanFactoryPostProcessor(this::becomeTheOnlyKind))
			.run();
	}

	private void becomeTheOnlyKind(ConfigurableListableBeanFactory beans) {
		((BeanDefinitionRegistry) beans).removeBeanDefinition("postgresql");
		beans.registerSingleton("memory", new Memory(this.source));
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	/** An export of yesterday evening has no wrong clock, and its uses are no errors. */
	@Test
	void anExportIsJudgedByWhenItsRowsWereTrue() {
		Instant exported = this.armed.now.minus(Duration.ofHours(20));
		this.source.takenAt(exported)
			.put(key("dead", this.armed.now.minus(Duration.ofDays(200))))
			.put(key("busy", exported.minusSeconds(1)));
		Run run = run("tonight", this.armed.now, false);
		assertThat(run.status()).isEqualTo(RunStatus.COMPLETE);
		assertThat(this.context.getBean(Runs.class).sources(run.id())).singleElement().satisfies((read) -> {
			assertThat(read.snapshotAt()).isEqualTo(exported);
			assertThat(read.definitionFile()).isEqualTo("test");
		});
		assertThat(this.armed.register.governance()
			.sql("SELECT abs(clock_skew_ms) < 60000 FROM keysteward.run_source")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(this.armed.register.governance()
			.sql("SELECT key_id || ' ' || judgement || ' ' || findings::text FROM keysteward.key_snapshot ORDER BY key_id")
			.query(String.class)
			.list()).containsExactly("busy JUDGED {}", "dead JUDGED {IDLE}");
	}

	@Test
	void aDeadKeyIsDisabledAndRestored() {
		KeyRecord dead = key("dead", this.armed.now.minus(Duration.ofDays(200)));
		this.source.put(dead);
		for (int days : List.of(30, 21, 12, 3)) {
			Instant asOf = this.armed.now.minus(Duration.ofDays(days));
			use(asOf);
			this.source.takenAt(asOf);
			run("before-" + days, asOf, false);
		}
		this.armed.warnedTwice("dead");
		use(this.armed.now);
		this.source.takenAt(this.armed.now);
		run("tonight", this.armed.now, true);
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED");
		assertThat(this.source.keySwitch(Set.of()).isOn("dead")).isFalse();
		assertThat(this.context.getBean(RestoreLauncher.class).restoreKey(dead.id(), "test"))
			.extracting(KeyRestorer.Result::outcome)
			.containsExactly(Outcome.RESTORED);
		assertThat(this.source.keySwitch(Set.of()).isOn("dead")).isTrue();
	}

	private void use(Instant asOf) {
		this.source.put(key("alive-1", asOf.minus(Duration.ofMinutes(10))))
			.put(key("alive-2", asOf.minus(Duration.ofMinutes(10))));
	}

	private Run run(String runKey, Instant asOf, boolean disable) {
		return this.context.getBean(RunLauncher.class)
			.run(new RunRequest(runKey, asOf, Set.of(), Set.of(), disable, false, false, false, "manual", "test"),
					Progress.SILENT);
	}

	private KeyRecord key(String id, Instant usedAt) {
		return new KeyRecord(new KeyId("console", id), "service " + id, "sk-a****9xQ2",
				new Project("p", "Atlas", ProjectState.OK), new Owner("u", "Ada", "ada@example.com", OwnerState.OK),
				this.armed.now.minus(Duration.ofDays(300)), Usage.used(usedAt), null, KeyStatus.ACTIVE, null, null,
				null, null);
	}

	/**
	 * The kind of the one source.
	 *
	 * @param source the source
	 */
	private record Memory(InMemorySource source) implements SourceKind {

		@Override
		public String setting() {
			return "memory";
		}

		@Override
		public boolean isMeantBy(SourceSettings settings) {
			return true;
		}

		@Override
		public KeySource load(String id, SourceSettings settings, String property) {
			return this.source;
		}

		@Override
		public List<String> address(SourceSettings settings) {
			return List.of();
		}

	}

}
