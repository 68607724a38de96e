package io.keysteward.run;

import io.keysteward.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlannerHintsTests {

	private final TestDatabase database = TestDatabase.empty();

	private final SingleConnectionDataSource session = new SingleConnectionDataSource(this.database.url(),
			this.database.username(), this.database.password(), true);

	private final JdbcClient jdbc = JdbcClient.create(this.session);

	@AfterEach
	void end() {
		this.session.destroy();
	}

	/** The server shares 128 MB as it comes. */
	@ParameterizedTest
	@CsvSource({ "4MB, 16MB", "100MB, 100MB" })
	void aServerIsAskedForAnEighthOfWhatItSharesAndKeepsWhatItGivesByItself(String own, String then) {
		assertThat(setting("shared_buffers")).isEqualTo("128MB");
		this.jdbc.sql("SET work_mem = '" + own + "'").update();
		this.jdbc.sql("BEGIN").update();
		PlannerHints.forFullScan(this.jdbc);
		assertThat(setting("work_mem")).isEqualTo(then);
	}

	@Test
	void nothingOfItOutlivesTheTransaction() {
		String before = settings();
		this.jdbc.sql("BEGIN").update();
		PlannerHints.forFullScan(this.jdbc);
		assertThat(settings()).isEqualTo("off off off 0 16MB");
		this.jdbc.sql("ROLLBACK").update();
		assertThat(settings()).isEqualTo(before);
		this.jdbc.sql("BEGIN").update();
		PlannerHints.willBeListed(this.jdbc);
		assertThat(settings()).isEqualTo("off on off 0 16MB");
		this.jdbc.sql("COMMIT").update();
		assertThat(settings()).isEqualTo(before);
	}

	private String settings() {
		return String.join(" ", setting("enable_nestloop"), setting("enable_mergejoin"), setting("jit"),
				setting("max_parallel_workers_per_gather"), setting("work_mem"));
	}

	private String setting(String name) {
		return this.jdbc.sql("SELECT current_setting(:name)").param("name", name).query(String.class).single();
	}

}
