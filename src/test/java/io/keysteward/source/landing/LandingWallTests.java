package io.keysteward.source.landing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.SourceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * select.sql sees only the landed tables, whatever it contains.
 */
class LandingWallTests {

	private static final TestDatabase DATABASE = database();

	private static final MemorySystem SYSTEM = new MemorySystem().with("keys", Arrays.asList("a", null));

	private static TestDatabase database() {
		TestDatabase database = TestDatabase.migrated().kept();
		database.jdbc().sql("""
				CREATE SCHEMA others;
				CREATE TABLE others.secret (word text);
				INSERT INTO others.secret VALUES ('classified');
				CREATE TABLE public.secret (word text);
				INSERT INTO keysteward.batch_job_instance (job_instance_id, version, job_name, job_key)
				VALUES (-1, 0, 'classified', 'k')
				""").update();
		database.jdbc().sql("SELECT lo_from_bytea(4711, 'classified')").query(Long.class).single();
		return database;
	}

	@ParameterizedTest
	@ValueSource(strings = { "(SELECT word FROM others.secret)", "(SELECT word FROM public.secret)",
			"(SELECT job_name FROM keysteward.batch_job_instance)",
			"query_to_xml('SELECT job_name FROM keysteward.batch_job_instance', true, true, '')::text",
			"(SELECT query_to_xml('SELECT word FROM others.secret', true, true, '')::text FROM set_config('role',"
					+ " 'none', true))",
			"set_config('role', 'keysteward_app', true)", "set_config('role', 'postgres', true)",
			"set_config('session_authorization', 'postgres', true)",
			"table_to_xml('keysteward.run', true, true, '')::text",
			"schema_to_xml('keysteward', true, true, '')::text || query_to_xml('SELECT word FROM others.secret',"
					+ " true, true, '')",
			"encode(lo_get(4711), 'escape')", "lo_creat(-1)::text", "lo_from_bytea(0, 'x')::text",
			"lo_import('/etc/passwd')::text", "pg_read_file('/etc/passwd')", "(SELECT pg_ls_dir('.') LIMIT 1)",
			"pg_read_binary_file('PG_VERSION')::text", "pg_reload_conf()::text",
			"(SELECT rolpassword FROM pg_authid LIMIT 1)", "(SELECT passwd FROM pg_shadow LIMIT 1)",
			"set_config('transaction_read_only', 'off', true)",
			"(SELECT x.y FROM dblink('', 'SELECT 1') AS x (y text))", "keysteward.take_lock(1)::text",
			"query_to_xml('COPY keys TO PROGRAM $q$id$q$', true, true, '')::text",
			"query_to_xml('CREATE TABLE public.x ()', true, true, '')::text",
			"query_to_xml('CREATE TEMPORARY TABLE x ()', true, true, '')::text",
			"query_to_xml('COMMIT', true, true, '')::text",
			"query_to_xml('DROP TABLE others.secret', true, true, '')::text" })
	void onlyLandedTablesCanBeRead(String expression) {
		String failure = source(
				"SELECT id AS key_id, NULL::timestamptz AS last_used_at, " + expression + " AS name FROM keys")
			.failure(SYSTEM);
		assertThat(failure).as(expression)
			.startsWith("CONFIGURATION config/sources/x/select.sql")
			.doesNotContain("classified");
	}

	@Test
	void theCatalogueIsThatOfPostgresql() {
		List<KeyRecord> keys = source("""
				SELECT id AS key_id, NULL::timestamptz AS last_used_at, (SELECT count(*)::text FROM pg_tables) AS name,
				       current_setting('search_path') AS kind
				FROM keys
				""").keys(SYSTEM);
		assertThat(keys).extracting(KeyRecord::kind).containsExactly("pg_catalog, pg_temp");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ALTER ROLE {role} SUPERUSER                         | is a superuser; ALTER ROLE {role} NOSUPERUSER
					ALTER ROLE {role} CREATEROLE                        | may create roles; ALTER ROLE {role} NOCREATEROLE
					ALTER ROLE {role} CREATEDB                          | may create databases; ALTER ROLE {role} NOCREATEDB
					ALTER ROLE {role} REPLICATION                       | may replicate; ALTER ROLE {role} NOREPLICATION
					ALTER ROLE {role} BYPASSRLS                         | is not bound by row security; ALTER ROLE {role} NOBYPASSRLS
					GRANT pg_read_server_files TO {role}                | is a member of pg_read_server_files; REVOKE pg_read_server_files FROM {role}
					GRANT pg_write_server_files TO {role}               | is a member of pg_write_server_files; REVOKE pg_write_server_files FROM {role}
					GRANT pg_execute_server_program TO {role}           | is a member of pg_execute_server_program; REVOKE pg_execute_server_program FROM {role}
					GRANT pg_read_all_data TO {role}                    | is a member of pg_read_all_data; REVOKE pg_read_all_data FROM {role}
					GRANT keysteward_app TO {role}                      | is a member of keysteward_app; REVOKE keysteward_app FROM {role}
					GRANT USAGE ON SCHEMA keysteward TO {role}          | may use schema keysteward; REVOKE ALL ON SCHEMA keysteward FROM PUBLIC, {role}
					GRANT CREATE ON SCHEMA others TO {role}             | may create in schema others; REVOKE CREATE ON SCHEMA others FROM PUBLIC, {role}
					ALTER TABLE others.secret OWNER TO {role}           | owns others.secret; ALTER TABLE others.secret OWNER TO another role
					""")
	void aHoleInTheWallIsNamedAndNothingIsLanded(String opening, String expected) {
		TestDatabase database = DATABASE.copy();
		String role = database.url().replaceFirst(".*/", "") + "_landing";
		database.jdbc().sql("CREATE ROLE " + role).update();
		try {
			database.jdbc().sql(opening.strip().replace("{role}", role)).update();
			LandedTestSource source = LandedTestSource.create(database, "keys: { columns: [id, used] }",
					"SELECT id AS key_id, used::timestamptz AS last_used_at FROM keys");
			assertThat(source.failure(() -> source.load(SYSTEM, role, null).probe()))
				.isEqualTo("CONFIGURATION keysteward.landing.datasource.username '" + role + "' "
						+ expected.replace("{role}", role)
						+ ": name a role that may connect and make temporary tables and nothing else"
						+ " (keysteward_landing of" + " config/sql/roles.sql)");
		}
		finally {
			database.jdbc().sql("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role).update();
		}
	}

	@Test
	void whoRunsTheJobNeverLands() {
		LandedTestSource source = source("SELECT 1 AS key_id");
		Landing own = new Landing(new LandingSettings(new SourceSettings.Datasource(null, "keysteward_app", "test"),
				TestSettings.of(LandingSettings.class).maxSize()), DATABASE.url(), "keysteward_app");
		assertThat(source.failure(() -> source(source, own)))
			.isEqualTo("CONFIGURATION keysteward.landing.datasource.username 'keysteward_app' is the role that runs the"
					+ " job, and select.sql could read everything that it may read; name a role that may connect"
					+ " and make temporary" + " tables and nothing else (keysteward_landing of config/sql/roles.sql)");
		Landing none = new Landing(TestSettings.of(LandingSettings.class), DATABASE.url(), "keysteward_app");
		assertThat(source.failure(() -> source(source, none)))
			.isEqualTo("CONFIGURATION keysteward.landing.datasource: is required, because the rows of source 'x' are"
					+ " landed in temporary tables; run config/sql/roles.sql, give keysteward_landing a password, and"
					+ " write username and password here");
		assertThat(source.failure(() -> source.load(SYSTEM, "keysteward_app", null).probe()))
			.contains("'keysteward_app' may use schema keysteward");
	}

	private static void source(LandedTestSource source, Landing landing) {
		landing.source("x", source.definition(), SYSTEM, Duration.ofMinutes(1), Map.of());
	}

	private static LandedTestSource source(String select) {
		return LandedTestSource.create(DATABASE, "keys: { columns: [id, used] }", select);
	}

}
