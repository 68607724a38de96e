package io.keysteward.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.keysteward.endurance.CampaignSize;
import io.keysteward.yaml.WrittenYaml;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Databases that are slow make a run slow, and nothing else.
 */
class SlowTests {

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
	}

	@Test
	void aSlowLineMakesASlowRun() throws IOException {
		night.begin();
		night.governance.slow(Duration.ofMillis(5));
		night.source.slow(Duration.ofMillis(5));
		assertThat(night.run()).as(night.register.err()).isZero();
		night.isAsUndisturbed();
	}

	@Test
	void theServerCancelsAndSaysWhyBeforeTheLineIsGivenUp() throws IOException {
		PropertySource<?> shipped = new WrittenYaml().load("shipped", new ClassPathResource("application.yaml")).get(0);
		assertThat(shipped.getProperty("spring.datasource.hikari.connection-init-sql")).asString()
			.contains("SET statement_timeout = '30min'", "SET lock_timeout = '2min'");
		assertThat(shipped.getProperty("spring.datasource.hikari.data-source-properties.socketTimeout"))
			.isEqualTo("2100");
	}

	static List<Point> points() {
		return CampaignSize.some(List.of(Point.values()), 1);
	}

	@ParameterizedTest
	@MethodSource("points")
	void aPauseIsWaitedFor(Point point) throws IOException {
		night.begin();
		point.on(night.governance, () -> {
			night.governance.fallSilent();
			night.source.fallSilent();
			CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(() -> {
				night.governance.mend();
				night.source.mend();
			});
		});
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(night.governance.sprung()).isTrue();
		night.isAsUndisturbed();
	}

}
