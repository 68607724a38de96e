package io.keysteward.source.postgresql;

import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.source.Place;
import io.keysteward.source.SourceSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a source is, is asked of its server.
 */
class PlaceTests {

	private static final String SELECT = "SELECT id AS key_id, now() AS last_used_at FROM k";

	private final TestDatabase database = TestDatabase.empty();

	private final TestSource source = TestSource.create(this.database, TestSource.YAML, SELECT);

	@BeforeEach
	void createTables() {
		this.database.jdbc().sql("""
				CREATE TABLE k (id text);
				CREATE SCHEMA one; CREATE TABLE one.k (id text);
				CREATE SCHEMA two; CREATE TABLE two.k (id text);
				DO $$ BEGIN
				  CREATE ROLE place_reader LOGIN PASSWORD 'p';
				  CREATE ROLE place_other LOGIN PASSWORD 'p';
				EXCEPTION WHEN duplicate_object THEN NULL; END $$;
				GRANT USAGE ON SCHEMA one, two TO place_reader, place_other;
				GRANT SELECT ON k, one.k, two.k TO place_reader, place_other
				""").update();
	}

	@Test
	void aPlaceIsServerDatabaseSchemasRoleAndTheHostThatWasAskedFor() {
		String server = this.database.jdbc()
			.sql("SELECT system_identifier::text FROM pg_control_system()")
			.query(String.class)
			.single();
		String database = this.database.jdbc().sql("SELECT current_database()").query(String.class).single();
		assertThat(place(this.database.in("one,two"), "place_reader").text())
			.isEqualTo("database " + database + ", schemas one, two, role place_reader, server " + server
					+ " at localhost:" + this.database.server().getPort());
	}

	@Test
	void anotherNameOfTheHostIsAnotherPlaceWithTheSameKeys() {
		Place here = place(this.database, "place_reader");
		Place alias = place(alias(this.database), "place_reader");
		assertThat(alias.text()).isNotEqualTo(here.text());
		assertThat(alias.keys()).isEqualTo(here.keys());
	}

	@Test
	void theSamePlaceIsNotAnotherOne() {
		assertThat(place(this.database.in("one"), "place_reader"))
			.isEqualTo(place(this.database.in("one"), "place_reader"));
	}

	@Test
	void anotherSchemaHasOtherKeysWhoeverNamesIt() {
		Place one = place(this.database.in("one"), "place_reader");
		Place two = place(this.database.in("two"), "place_reader");
		assertThat(two.text()).isNotEqualTo(one.text());
		assertThat(two.keys()).isNotEqualTo(one.keys());
		this.database.jdbc().sql("ALTER ROLE place_other IN DATABASE " + name() + " SET search_path = two").update();
		assertThat(place(this.database, "place_other").keys()).isEqualTo(two.keys());
	}

	/** What is exempt under one id would be disabled under the other. */
	@Test
	void theSameTableHasTheSameKeysWhateverTheSearchPathAndHoweverTheSelectIsWritten() {
		Place one = place(this.database.in("one"), "place_reader");
		assertThat(place(this.database.in("one,two"), "place_reader").keys()).isEqualTo(one.keys());
		TestSource written = TestSource.create(this.database, TestSource.YAML,
				"-- the keys of one\nselect ID as key_id,\n  now() as last_used_at /* now */ from one.k");
		assertThat(place(written, this.database.in("two"), "place_reader").keys()).isEqualTo(one.keys());
	}

	@Test
	void whatAFunctionReadsMayFollowTheSearchPath() {
		this.database.jdbc().sql("""
				CREATE FUNCTION public.ids() RETURNS SETOF text LANGUAGE plpgsql AS
				'BEGIN RETURN QUERY SELECT id FROM k; END';
				CREATE FUNCTION public.shown(id text) RETURNS text LANGUAGE plpgsql AS
				'BEGIN RETURN (SELECT max(k.id) FROM k); END'
				""").update();
		for (String select : List.of("SELECT i AS key_id, now() AS last_used_at FROM public.ids() i",
				"SELECT public.shown(id) AS key_id, now() AS last_used_at FROM one.k")) {
			TestSource tenants = TestSource.create(this.database, TestSource.YAML, select);
			assertThat(place(tenants, this.database.in("one"), "place_reader").keys()).as(select)
				.isNotEqualTo(place(tenants, this.database.in("two"), "place_reader").keys());
		}
	}

	@Test
	void anotherRoleIsAnotherPlaceAndHasOtherKeysOnlyWhereRowsAreSecured() {
		Place reader = place(this.database, "place_reader");
		Place other = place(this.database, "place_other");
		assertThat(other.text()).isNotEqualTo(reader.text());
		assertThat(other.keys()).isEqualTo(reader.keys());
		TestSource secured = TestSource.create(this.database, TestSource.YAML + "row-security: true\n", SELECT);
		assertThat(place(secured, this.database, "place_other").keys())
			.isNotEqualTo(place(secured, this.database, "place_reader").keys());
	}

	@Test
	void aCopyOfADefinitionHasTheSameKeysAndAnotherSelectHasOthers() {
		Place here = place(this.database, "place_reader");
		TestSource copied = TestSource.create(this.database, TestSource.YAML.replace("Test", "Copy"), SELECT);
		assertThat(place(copied, this.database, "place_reader").keys()).isEqualTo(here.keys());
		TestSource other = TestSource.create(this.database, TestSource.YAML, SELECT + " WHERE id <> ''");
		assertThat(place(other, this.database, "place_reader").keys()).isNotEqualTo(here.keys());
	}

	@Test
	void whereTheServerMayNotBeAskedItsAddressCounts() {
		this.database.jdbc().sql("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC").update();
		Place here = place(this.database, "place_reader");
		Place alias = place(alias(this.database), "place_reader");
		assertThat(here.text()).contains("server (not known) at localhost:");
		assertThat(alias.keys()).isNotEqualTo(here.keys());
		assertThat(this.source.load(this.database.url(), "place_reader", "p").probe().place()).isEqualTo(here);
	}

	@Test
	void theGovernanceDatabaseHasAPlaceToo() {
		String text = this.source
			.load(this.database.dataSource(), new SourceSettings("x", null, null, null, null, null, null))
			.probe()
			.place()
			.text();
		assertThat(text).contains("schemas public, role " + this.database.username()).contains(" at localhost:");
	}

	private Place place(TestDatabase database, String role) {
		return place(this.source, database, role);
	}

	private static Place place(TestSource source, TestDatabase database, String role) {
		return source.load(database.url(), role, "p").probe().place();
	}

	static TestDatabase alias(TestDatabase database) {
		return new TestDatabase(database.url().replace("localhost", "127.0.0.1"), database.username(),
				database.password());
	}

	private String name() {
		return this.database.jdbc().sql("SELECT current_database()").query(String.class).single();
	}

}
