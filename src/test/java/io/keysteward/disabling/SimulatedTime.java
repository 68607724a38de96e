package io.keysteward.disabling;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Time that stands still until it is set: that of the application and that of every
 * database that takes part. A database is told by functions that go before its own.
 */
final class SimulatedTime extends Clock {

	private final List<JdbcClient> databases = new ArrayList<>();

	private Instant now;

	SimulatedTime(Instant now) {
		this.now = now;
	}

	/**
	 * {@return the database as its users see it who live in this time}
	 */
	TestDatabase in(TestDatabase database) {
		JdbcClient jdbc = database.jdbc();
		jdbc.sql("""
				CREATE SCHEMA sim;
				CREATE TABLE sim.clock (at timestamptz NOT NULL);
				INSERT INTO sim.clock VALUES ('-infinity');
				GRANT USAGE ON SCHEMA sim TO PUBLIC;
				GRANT SELECT ON sim.clock TO PUBLIC;
				CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
				  AS 'SELECT at FROM sim.clock';
				CREATE FUNCTION public.transaction_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
				  AS 'SELECT at FROM sim.clock';
				CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
				  AS 'SELECT at FROM sim.clock';
				CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
				  AS 'SELECT at FROM sim.clock'
				""").update();
		this.databases.add(jdbc);
		set(this.now);
		String url = database.url();
		return new TestDatabase(
				url + (url.contains("?") ? "&" : "?") + "options=-c%20search_path=public,pg_catalog,keysteward",
				database.username(), database.password());
	}

	void set(Instant now) {
		this.now = now;
		for (JdbcClient database : this.databases) {
			database.sql("UPDATE sim.clock SET at = :now").param("now", now.atOffset(ZoneOffset.UTC)).update();
		}
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
