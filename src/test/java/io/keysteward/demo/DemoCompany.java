package io.keysteward.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The fictitious company's databases: filled once, then brought from the instant of one
 * run to the instant of the next.
 */
final class DemoCompany {

	private static final Path ROLES = Path.of("config", "sql", "roles.sql");

	private final DemoServer server;

	private OffsetDateTime reached = OffsetDateTime.MIN;

	DemoCompany(DemoServer server) {
		this.server = server;
	}

	/**
	 * Makes the tables, the people, the projects and the roles, and writes down what will
	 * happen.
	 * @param definition the folder of the console's definition, whose own DDL is used
	 * @param now the instant of the last run
	 */
	void found(Path definition, Instant now) {
		found(DemoServer.CONSOLE, file(definition.resolve("schema.sql")), now, DemoEverydayKeys.console());
		found(DemoServer.PAYMENTS, resource("payments/schema.sql"), now, DemoEverydayKeys.payments());
		begin(DemoServer.OCEANBASE, now);
		run(DemoServer.OCEANBASE, resource("oceanbase/keys.sql"));
		run(DemoServer.GOVERNANCE, file(ROLES));
		run(DemoServer.GOVERNANCE, "ALTER ROLE keysteward_landing PASSWORD 'demo'");
		run(DemoServer.CONSOLE, file(definition.resolve("grants.sql")));
		run(DemoServer.CONSOLE, "ALTER ROLE keysteward_disabler PASSWORD 'demo'");
		run(DemoServer.PAYMENTS, resource("config/sources/payments/grants.sql"));
	}

	private void found(String database, String schema, Instant now, List<DemoKey> everyday) {
		begin(database, now);
		run(database, schema);
		run(database, resource(database + "/company.sql"));
		run(database, resource(database + "/keys.sql"));
		JdbcClient jdbc = this.server.jdbc(database);
		everyday.forEach((key) -> jdbc.sql("""
				INSERT INTO story.key (id, place, name, project_id, owner_id, kind, status, created_at, last_used_at)
				VALUES (:id, :place, :name, :project, :owner, :kind, :status, story.ago(:created), story.ago(:lastUsed))
				""").paramSource(key).update());
	}

	private void begin(String database, Instant now) {
		run(database, resource("story.sql"));
		JdbcClient jdbc = this.server.jdbc(database);
		jdbc.sql("INSERT INTO story.clock VALUES (:now)").param("now", utc(now)).update();
		jdbc.sql("INSERT INTO story.today VALUES (:now)").param("now", utc(now)).update();
	}

	/**
	 * Lets time pass in both databases that Keysteward reads.
	 * @param number which run comes next, from 1
	 * @param asOf its instant
	 */
	void advance(int number, Instant asOf) {
		for (String database : List.of(DemoServer.CONSOLE, DemoServer.PAYMENTS)) {
			if (number > 1) {
				run(database, resource(database + "/before-" + number + ".sql"));
			}
			this.server.jdbc(database).sql("UPDATE story.today SET at = :asOf").param("asOf", utc(asOf)).update();
			this.server.jdbc(database)
				.sql(resource(database + "/advance.sql"))
				.param("since", this.reached)
				.param("as_of", utc(asOf))
				.update();
		}
		this.reached = utc(asOf);
	}

	private void run(String database, String script) {
		new JdbcTemplate(this.server.dataSource(database)).execute(script);
	}

	static String resource(String name) {
		try (InputStream content = DemoCompany.class.getResourceAsStream("/demo/" + name)) {
			return new String(Objects.requireNonNull(content, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String file(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
