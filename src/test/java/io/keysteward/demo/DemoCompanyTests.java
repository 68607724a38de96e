package io.keysteward.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCompanyTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final DemoServer SERVER = new DemoServer();

	@BeforeAll
	static void allTimePasses() {
		DemoCompany company = new DemoCompany(SERVER);
		company.found(Path.of("config", "sources", "api-key-records"), NOW);
		for (int number = 1; number <= DemoApplication.RUNS.size(); number++) {
			Instant asOf = NOW.minus(DemoApplication.RUNS.get(number - 1));
			company.advance(number, asOf);
			assertThat(lateIn(asOf)).as("Run " + number).containsExactlyInAnyOrder("ak-601", "ak-602");
		}
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@Test
	void thereAreAboutFourHundredKeysInTwoSources() throws Exception {
		int console = keys(DemoServer.CONSOLE, "keysteward_reader", "config/sources/api-key-records").size();
		int payments = keys(DemoServer.PAYMENTS, "keysteward_payments",
				"src/test/resources/demo/config/sources/payments")
			.size();
		assertThat(console + payments).isBetween(380, 430);
	}

	@Test
	void everyPromisedKeyIsThereUnlessItIsGone() throws Exception {
		List<String> promised = SERVER.jdbc(DemoServer.CONSOLE)
			.sql("SELECT id FROM story.key WHERE promise <> 'gone'")
			.query(String.class)
			.list();
		assertThat(keys(DemoServer.CONSOLE, "keysteward_reader", "config/sources/api-key-records"))
			.extracting((key) -> key.get("key_id"))
			.containsAll(promised);
	}

	/** Keys made or used after the instant at which they are read. */
	private static List<String> lateIn(Instant asOf) {
		return SERVER.jdbc(DemoServer.CONSOLE).sql("""
				SELECT id FROM api_key, (SELECT CAST(:asOf AS timestamptz) AS t) run
				WHERE created_at > t OR last_used_at > t + interval '5 minutes'
				""").param("asOf", asOf.toString()).query(String.class).list();
	}

	private static List<Map<String, Object>> keys(String database, String role, String definition) throws Exception {
		String select = Files.readString(Path.of(definition, "select.sql"));
		return JdbcClient.create(new DriverManagerDataSource(SERVER.url(database), role, "demo"))
			.sql(select)
			.query()
			.listOfRows();
	}

}
