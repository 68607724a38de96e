package io.keysteward.run;

import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class WholeInventoryTests {

	private final TestDatabase database = TestDatabase.empty();

	/** The server shares 128 MB as it comes. */
	@ParameterizedTest
	@CsvSource({ "4MB, 16MB", "100MB, 100MB" })
	void aServerIsAskedForAnEighthOfWhatItSharesAndKeepsWhatItGivesByItself(String own, String then) {
		JdbcClient jdbc = session();
		assertThat(setting(jdbc, "shared_buffers")).isEqualTo("128MB");
		jdbc.sql("SET work_mem = '" + own + "'").update();
		jdbc.sql("BEGIN").update();
		WholeInventory.willBeRead(jdbc);
		assertThat(setting(jdbc, "work_mem")).isEqualTo(then);
	}

	@Test
	void nothingOfItOutlivesTheTransaction() {
		JdbcClient jdbc = session();
		String before = settings(jdbc);
		jdbc.sql("BEGIN").update();
		WholeInventory.willBeRead(jdbc);
		assertThat(settings(jdbc)).isEqualTo("off off off 0 16MB");
		jdbc.sql("ROLLBACK").update();
		assertThat(settings(jdbc)).isEqualTo(before);
		jdbc.sql("BEGIN").update();
		WholeInventory.willBeListed(jdbc);
		assertThat(settings(jdbc)).isEqualTo("off on off 0 16MB");
		jdbc.sql("COMMIT").update();
		assertThat(settings(jdbc)).isEqualTo(before);
	}

	private JdbcClient session() {
		return JdbcClient.create(new SingleConnectionDataSource(this.database.url(), this.database.username(),
				this.database.password(), true));
	}

	private static String settings(JdbcClient jdbc) {
		return String.join(" ", setting(jdbc, "enable_nestloop"), setting(jdbc, "enable_mergejoin"),
				setting(jdbc, "jit"), setting(jdbc, "max_parallel_workers_per_gather"), setting(jdbc, "work_mem"));
	}

	private static String setting(JdbcClient jdbc, String name) {
		return jdbc.sql("SELECT current_setting(:name)").param("name", name).query(String.class).single();
	}

}
