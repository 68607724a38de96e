package io.keysteward.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A real PostgreSQL that lives as long as the demo, with a database for Keysteward, one
 * for each source that is a PostgreSQL, and one for what OceanBase Cloud knows, which
 * Keysteward sees only as an exported file.
 */
final class DemoServer implements AutoCloseable {

	static final String GOVERNANCE = "keysteward";

	static final String CONSOLE = "console";

	static final String PAYMENTS = "payments";

	static final String OCEANBASE = "oceanbase";

	private final EmbeddedPostgres postgres;

	DemoServer() {
		try {
			this.postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		for (String database : new String[] { GOVERNANCE, CONSOLE, PAYMENTS, OCEANBASE }) {
			new JdbcTemplate(dataSource("postgres")).execute("CREATE DATABASE " + database);
		}
		new JdbcTemplate(dataSource(GOVERNANCE)).execute("""
				CREATE TABLE public.demo_clock (at timestamptz NOT NULL);
				INSERT INTO public.demo_clock VALUES (now());
				CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
				  AS 'SELECT at FROM public.demo_clock'
				""");
	}

	/** From now on it is this time, for the governance database too. */
	void at(Instant now) {
		jdbc(GOVERNANCE).sql("UPDATE public.demo_clock SET at = :now")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * {@return the JDBC URL of a database, without user and password}
	 */
	String url(String database) {
		return "jdbc:postgresql://localhost:" + this.postgres.getPort() + "/" + database;
	}

	DataSource dataSource(String database) {
		return new DriverManagerDataSource(url(database), "postgres", "postgres");
	}

	JdbcClient jdbc(String database) {
		return JdbcClient.create(dataSource(database));
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
