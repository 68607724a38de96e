package io.keysteward.source.postgresql;

import java.io.IOException;
import java.nio.file.Path;

import io.keysteward.PgBouncer;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source behind a pooler that gives its sessions out by transaction.
 */
@EnabledIf("io.keysteward.PgBouncer#isInstalled")
class PoolerTests {

	private static final TestDatabase DATABASE = TestDatabase.empty().kept();

	@ParameterizedTest
	@ValueSource(strings = { "", "?prepareThreshold=0", "?preferQueryMode=simple" })
	void aSourceBehindAPoolerIsReadNightAfterNight(String parameters, @TempDir Path directory) throws IOException {
		TestSource source = TestSource.create(DATABASE, TestSource.YAML,
				"SELECT n AS key_id, now() AS last_used_at FROM generate_series(1, 3000) n");
		try (PgBouncer pooler = PgBouncer.start(DATABASE, directory)) {
			TestDatabase pooled = DATABASE.through(pooler.port());
			TestSource behind = new TestSource(source.config(),
					new TestDatabase(pooled.url() + parameters, pooled.username(), pooled.password()));
			for (int night = 0; night < 3; night++) {
				behind.load().probe();
				assertThat(behind.keys()).hasSize(3000);
			}
		}
	}

}
