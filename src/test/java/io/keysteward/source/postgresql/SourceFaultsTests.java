package io.keysteward.source.postgresql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.Remasked;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SourceFaultsTests {

	private static final TestDatabase DATABASE = TestDatabase.empty().kept();

	private static final String SECRET = "sk-live-51HxQpT9mZ4kW8vB2nR7";

	@BeforeAll
	static void createTable() {
		DATABASE.jdbc().sql("CREATE TABLE k (id int, name text, used timestamp)").update();
		DATABASE.jdbc().sql("INSERT INTO k VALUES (1, '" + SECRET + "', NULL)").update();
		DATABASE.jdbc().sql("CREATE ROLE stranger LOGIN PASSWORD 'right'").update();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					1 AS "keyId", now() AS last_used_at | column 'keyId' is not known; did you mean key_id? Write … AS key_id
					1 AS "KEY_ID", now() AS last_used_at | column 'KEY_ID' is not known; did you mean key_id? Write … AS key_id
					1 AS key_id, now() AS last_used     | column 'last_used' is not known; did you mean last_used_at? Write … AS last_used_at
					1 AS key_id, 2 AS zebra_crossing    | column 'zebra_crossing' is not known; leave it out, or write … AS one of key_id, name, masked_key, project_id, project_name, project_state, owner_id, owner_name, owner_email, owner_state, created_at, last_used_at, expires_at, status, kind, last_denied_at, referenced_by
					now() AS last_used_at               | column key_id is missing; write the key's public id AS key_id
					1 AS key_id                         | column last_used_at is missing; write … AS last_used_at, or usage.recorded: none in source.yaml
					1 AS key_id, 2 AS key_id            | column key_id comes twice; give each column its own name
					1 AS key_id, used AS last_used_at FROM k | column last_used_at is timestamp, not timestamptz; write last_used_at AT TIME ZONE 'UTC' AS last_used_at, or the zone in which it was written instead of UTC
					1 AS key_id, 2 AS last_used_at      | column last_used_at is int4, not timestamptz; write to_timestamp(last_used_at) AS last_used_at for epoch seconds, to_timestamp(last_used_at / 1000.0) AS last_used_at for milliseconds
					1 AS key_id, 2::bigint AS created_at | column created_at is int8, not timestamptz; write to_timestamp(created_at) AS created_at for epoch seconds, to_timestamp(created_at / 1000.0) AS created_at for milliseconds
					1 AS key_id, 2::float8 AS expires_at | column expires_at is float8, not timestamptz; write to_timestamp(expires_at) AS expires_at for epoch seconds, to_timestamp(expires_at / 1000.0) AS expires_at for milliseconds
					1 AS key_id, current_date AS last_used_at | column last_used_at is date, not timestamptz; write last_used_at::timestamp AT TIME ZONE 'UTC' AS last_used_at, or the zone of the date, and P1D as usage.granularity where a use has no time of day
					1 AS key_id, '2026-01-01' AS last_used_at | column last_used_at is text, not timestamptz; write last_used_at::timestamptz AS last_used_at, which takes a text without a zone for UTC
					1.5::float8 AS key_id               | column key_id is float8, not text; write key_id::text AS key_id
					ARRAY['a'] AS key_id                | column key_id is _text, not text; write key_id::text AS key_id
					'{}'::jsonb AS key_id               | column key_id is jsonb, not text; write key_id::text AS key_id
					1 AS key_id, true AS status         | column status is bool, not text; write CASE WHEN … THEN 'active' ELSE 'disabled' END AS status
					""")
	void aColumnThatDoesNotFitIsNamed(String columns, String expected) {
		assertThat(select("SELECT " + columns).failure())
			.isEqualTo("CONFIGURATION config/sources/x/select.sql: " + expected);
	}

	@Test
	void anSqlFaultSaysInWhichLineItIs() {
		assertThat(select("-- ключ\nSELECT id AS key_id,\n  nam AS name\nFROM k;").failure()).isEqualTo(
				"CONFIGURATION config/sources/x/select.sql:3: column \"nam\" does not exist (Perhaps you meant to"
						+ " reference the column \"k.name\"); correct the SQL, or choose the definition that fits"
						+ " the database of source 'x'");
		assertThat(select("SELECT 1 AS key_id\nFROM gone").failure())
			.startsWith("CONFIGURATION config/sources/x/select.sql:2: relation \"gone\" does not exist; correct");
		assertThat(select("SELECT (1 AS key_id\n").failure())
			.startsWith("CONFIGURATION config/sources/x/select.sql:1: syntax error at or near \"AS\"; correct");
		assertThat(select("SELECT 1 AS key_id FROM\n\n").failure())
			.startsWith("CONFIGURATION config/sources/x/select.sql:1: syntax error at or near \")\"; correct");
	}

	@Test
	void aSelectCannotWrite() {
		assertThat(select("WITH w AS (INSERT INTO k VALUES (2) RETURNING *) SELECT id AS key_id FROM w").failure())
			.startsWith("CONFIGURATION config/sources/x/select.sql:1: WITH clause containing a data-modifying"
					+ " statement must be at the top level; correct");
		DATABASE.jdbc().sql("""
				CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'INSERT INTO k VALUES (2) RETURNING id'
				""").update();
		TestSource sneaky = select("SELECT sneak() AS key_id, now() AS last_used_at");
		assertThat(sneaky.failure(sneaky::keys)).startsWith(
				"CONFIGURATION config/sources/x/select.sql: cannot execute INSERT in a read-only transaction; correct");
		assertThat(DATABASE.jdbc().sql("SELECT count(*) FROM k").query(Long.class).single()).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SELECT false                       | : probe says that this database does not fit the definition 'x'; correct the datasource, or choose the definition that fits
					SELECT NULL::boolean               | : probe says that this database does not fit the definition 'x'; correct the datasource, or choose the definition that fits
					SELECT 1                           | : probe must return one row with one boolean; correct the SQL
					SELECT true WHERE false            | : probe must return one row with one boolean; correct the SQL
					SELECT true FROM (VALUES (1), (2)) v | : probe must return one row with one boolean; correct the SQL
					SELECT true, true                  | : probe must return one row with one boolean; correct the SQL
					SELECT gone FROM k                 | : probe: column "gone" does not exist; correct the SQL, or choose the definition that fits the database of source 'x'
					SELECT true; DROP TABLE k          | : probe: line 1 ends a first statement and another follows; only one statement is allowed
					""")
	void aProbeThatDoesNotSayTrueIsRefused(String probe, String expected) {
		assertThat(TestSource.create(DATABASE, TestSource.YAML.replace("SELECT true", probe), "SELECT 1 AS key_id")
			.failure()).isEqualTo("CONFIGURATION config/sources/x/source.yaml" + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			SELECT 1                                  | must return one timestamptz; correct the SQL
			SELECT now(), now()                       | must return one timestamptz; correct the SQL
			SELECT timestamptz '-infinity'            | must return one finite timestamptz or null; correct the SQL
			SELECT now() FROM (VALUES (1), (2)) v     | must return one finite timestamptz or null; correct the SQL
			""")
	void aKnownSinceThatIsNoInstantIsRefused(String since, String expected) {
		String yaml = TestSource.YAML.replace("recorded: full", "recorded: full, known-since: \"" + since + "\"");
		assertThat(TestSource.create(DATABASE, yaml, "SELECT 1 AS key_id, now() AS last_used_at").failure())
			.isEqualTo("CONFIGURATION config/sources/x/source.yaml: usage.known-since " + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					28P01 | CONFIGURATION keysteward.sources[x].datasource.username and password: the server's words; correct them
					28000 | CONFIGURATION keysteward.sources[x].datasource.username and password: the server's words; correct them
					3D000 | CONFIGURATION keysteward.sources[x].datasource.url: the server's words; correct the datasource
					53300 | RETRY source 'x': keysteward.sources[x].datasource.url: the server's words; start the run again once the database answers
					57P03 | RETRY source 'x': keysteward.sources[x].datasource.url: the server's words; start the run again once the database answers
					""")
	void whatAServerSaysInsteadOfHelloDecidesWhoseTurnItIs(String state, String expected) throws IOException {
		TestSource source = select("SELECT 1 AS key_id");
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> refuse(server, state));
			thread.start();
			String url = "jdbc:postgresql://localhost:%d/db?sslmode=disable&gssEncMode=disable"
				.formatted(server.getLocalPort());
			assertThat(source.failure(() -> source.load(url, "reader", "hunter2").probe())).isEqualTo(expected);
		}
	}

	/** Answers one start-up packet as a server does that lets nobody in. */
	private static void refuse(ServerSocket server, String state) {
		try (Socket client = server.accept();
				DataInputStream in = new DataInputStream(client.getInputStream());
				DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
			in.readNBytes(in.readInt() - Integer.BYTES);
			byte[] fields = ("SFATAL\0VFATAL\0C" + state + "\0Mthe server's words\0Dhunter2\0\0")
				.getBytes(StandardCharsets.UTF_8);
			out.writeByte('E');
			out.writeInt(fields.length + Integer.BYTES);
			out.write(fields);
		}
		catch (IOException ex) {
			// The test ended first, and says why.
		}
	}

	@Test
	void aRoleThatMayNotLogInIsToldApart() {
		DATABASE.jdbc().sql("CREATE ROLE locked_out NOLOGIN").update();
		TestSource source = select("SELECT 1 AS key_id");
		assertThat(source.failure(() -> source.load(DATABASE.url(), "locked_out", "hunter2").probe()))
			.startsWith("CONFIGURATION keysteward.sources[x].datasource.username and password: ")
			.contains("locked_out")
			.doesNotContain("hunter2");
	}

	@Test
	void missingRightsAreSaidWithWhoNeedsThem() {
		TestSource source = select("SELECT id AS key_id, now() AS last_used_at FROM k");
		assertThat(source.failure(() -> source.load(DATABASE.url(), "stranger", "right").probe())).isEqualTo(
				"CONFIGURATION config/sources/x/select.sql: permission denied for table k; grant it to the role of"
						+ " keysteward.sources[x].datasource.username, see config/sources/x/grants.sql");
	}

	@Test
	void anUnknownDatabaseIsTheUrlsFault() {
		TestSource source = select("SELECT 1 AS key_id");
		String url = DATABASE.url().replaceFirst("/test\\d+", "/gone");
		assertThat(source.failure(() -> source.load(url, DATABASE.username(), DATABASE.password()).probe()))
			.isEqualTo("CONFIGURATION keysteward.sources[x].datasource.url: database \"gone\" does not exist; correct"
					+ " the datasource");
	}

	@Test
	void anUnreachableDatabaseMayAnswerLater() {
		TestSource source = select("SELECT 1 AS key_id");
		KeySource unreachable = source.load("jdbc:postgresql://localhost:1/db", "reader", "hunter2");
		assertThat(source.failure(unreachable::probe))
			.startsWith(
					"RETRY source 'x': keysteward.sources[x].datasource.url: Connection to localhost:1 refused. Check")
			.endsWith("; start the run again once the database answers");
	}

	@Test
	void aNameThatIsNotKnownIsSaid() {
		TestSource source = select("SELECT 1 AS key_id");
		KeySource unknown = source.load("jdbc:postgresql://nowhere.invalid/db", "reader", "hunter2");
		assertThat(source.failure(unknown::probe)).isEqualTo("RETRY source 'x': keysteward.sources[x].datasource.url:"
				+ " The connection attempt failed: unknown host nowhere.invalid; correct the name, or start the run"
				+ " again once it is known");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					sslmode=verify-full&sslrootcert=/nowhere/ca.pem | Could not open SSL root certificate file /nowhere/ca.pem: /nowhere/ca.pem (No such file or directory) (host localhost); correct the datasource
					sslmode=verify-full&sslrootcert=pom.xml         | Loading the SSL root certificate pom.xml into a TrustManager failed
					sslmode=sometimes                               | sslmode 'sometimes' is not allowed; write one of [disable, allow, prefer, require, verify-ca, verify-full]
					targetServerType=quickest                       | targetServerType 'quickest' is not allowed; write one of [any, primary
					socketFactory=com.example.Gone                  | socketFactory names no class that makes sockets
					socketFactory=java.lang.String                  | socketFactory names no class that makes sockets
					""")
	void whatIsWrongOnThisSideDoesNotPass(String parameters, String expected) throws IOException {
		TestSource source = select("SELECT 1 AS key_id");
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> offerTls(server));
			thread.start();
			String url = "jdbc:postgresql://localhost:%d/db?gssEncMode=disable&%s".formatted(server.getLocalPort(),
					parameters);
			assertThat(source.failure(() -> source.load(url, "reader", "hunter2").probe()))
				.startsWith("CONFIGURATION keysteward.sources[")
				.contains(expected);
		}
	}

	/** Says yes to TLS, which the client then has to prepare. */
	private static void offerTls(ServerSocket server) {
		try (Socket client = server.accept();
				DataInputStream in = new DataInputStream(client.getInputStream());
				DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
			in.readNBytes(in.readInt() - Integer.BYTES);
			out.writeByte('S');
			out.flush();
			in.readAllBytes();
		}
		catch (IOException ex) {
			// The test ended first, and says why.
		}
	}

	@Test
	void whatIsNotReadyYetMayBeSoLater() {
		DATABASE.jdbc().sql("CREATE MATERIALIZED VIEW unready AS SELECT id FROM k WITH NO DATA").update();
		TestSource source = select("SELECT id AS key_id, now() AS last_used_at FROM unready");
		assertThat(source.failure(source::keys)).isEqualTo("RETRY source 'x': config/sources/x/select.sql: materialized"
				+ " view \"unready\" has not been populated (Use the REFRESH MATERIALIZED VIEW command); start the run"
				+ " again");
	}

	@Test
	void aPoolerThatGivesSessionsAwayIsNamed() {
		DATABASE.jdbc().sql("""
				CREATE FUNCTION lost() RETURNS int LANGUAGE plpgsql AS $$
				BEGIN RAISE EXCEPTION 'prepared statement "S_1" does not exist' USING ERRCODE = '26000'; END $$
				""").update();
		TestSource source = select("SELECT lost() AS key_id, now() AS last_used_at");
		assertThat(source.failure(source::keys))
			.isEqualTo("CONFIGURATION config/sources/x/select.sql: prepared statement"
					+ " \"S_1\" does not exist: a pooler has given this session away in between; write prepareThreshold=0"
					+ " into keysteward.sources[x].datasource.url, or name the database itself");
	}

	@Test
	void noStatementHasANameThatAPoolerCouldGiveToOthers() {
		assertThat(prepared(DATABASE.url())).isEqualTo("0");
		assertThat(prepared(DATABASE.url() + "?prepareThreshold=5")).isNotEqualTo("0");
	}

	/** The statement that is being executed is listed where it has a name. */
	private static String prepared(String url) {
		TestSource source = select(
				"SELECT (SELECT count(*) FROM pg_prepared_statements) AS key_id, now() AS last_used_at");
		try (KeySnapshot reading = source.load(url, DATABASE.username(), DATABASE.password()).open(Set.of())) {
			return reading.next(1).get(0).id().id();
		}
	}

	@Test
	void aStatementThatTakesTooLongMayBeQuickerNextTime() {
		TestSource source = select("SELECT 1 AS key_id, now() AS last_used_at FROM pg_sleep(60)");
		KeySource slow = source.load();
		assertThat(source.failure(() -> timingOut(source).open(Set.of()))).isEqualTo(
				"RETRY source 'x': reading ended after 0 rows: canceling statement due to statement timeout; start"
						+ " the run again");
		assertThat(slow.probe().traits().source()).isEqualTo("x");
	}

	private static KeySource timingOut(TestSource source) {
		return source.load(DATABASE.dataSource(),
				new SourceSettings("x", null, null, null, null, null, Duration.ofSeconds(1)));
	}

	@Test
	void aRowWithoutKeyIdFailsTheSourceAndSaysWhichRow() {
		TestSource source = select("""
				SELECT CASE WHEN n < 4 THEN n::text WHEN n = 4 THEN ' ' END AS key_id, now() AS last_used_at
				FROM generate_series(1, 5) n""");
		assertThat(source.failure(source::keys)).isEqualTo(
				"CONFIGURATION source 'x': config/sources/x/select.sql: key_id is null or blank after 3 rows; every"
						+ " row needs the key's public id, so leave such rows out or correct the SQL");
	}

	@Test
	void aValueThatCannotBeConvertedIsNotQuoted() {
		TestSource source = select("SELECT name::int AS key_id, now() AS last_used_at FROM k");
		Failure failure = catchThrowableOfType(Failure.class, source::keys);
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString()).contains("invalid input syntax for type integer: \"…\"").doesNotContain(SECRET);
	}

	@Test
	void aSecretIsMaskedAgainAndCounted() {
		TestSource source = select(
				"""
						SELECT n AS key_id, now() AS last_used_at, CASE n WHEN 1 THEN '%s' WHEN 2 THEN 'sk-l****nR7a' END AS masked_key
						FROM generate_series(1, 3) n ORDER BY n"""
					.formatted(SECRET));
		try (KeySnapshot reading = source.load().open(Set.of())) {
			List<KeyRecord> keys = TestSource.all(reading);
			assertThat(keys).extracting(KeyRecord::maskedKey).containsExactly("sk-l****2nR7", "sk-l****nR7a", null);
			assertThat(keys.toString()).doesNotContain(SECRET);
			assertThat(reading.remasked()).isEqualTo(new Remasked(1, List.of("1")));
			assertThat(reading.remasked().fault())
				.isEqualTo("masked_key of 1 key hides nothing or too little of the secret: 1");
		}
	}

	@Test
	void theFirstKeysThatShowTheirSecretAreNamedAndNotTheirSecrets() {
		TestSource source = select("""
				SELECT 'k' || n || chr(8238) AS key_id, now() AS last_used_at, 'hunter' || n AS masked_key
				FROM generate_series(1, 7) n ORDER BY n""");
		try (KeySnapshot reading = source.load().open(Set.of())) {
			assertThat(TestSource.all(reading)).extracting(KeyRecord::maskedKey).containsOnly("****");
			assertThat(reading.remasked().fault())
				.isEqualTo("masked_key of 7 keys hides nothing or too little of the secret:"
						+ " k1\\u202E, k2\\u202E, k3\\u202E, k4\\u202E, k5\\u202E and 2 more");
		}
	}

	@Test
	void aConnectionLostInTheMiddleMayHoldNextTime() {
		TestSource source = select("SELECT n AS key_id, now() AS last_used_at FROM generate_series(1, 20000) n");
		try (KeySnapshot reading = source.load().open(Set.of())) {
			assertThat(reading.next(5000)).hasSize(5000);
			DATABASE.jdbc().sql("""
					SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
					WHERE application_name = 'keysteward' AND datname = current_database()""").query().listOfRows();
			assertThat(source.failure(() -> TestSource.all(reading)))
				.startsWith("RETRY source 'x': reading ended after 5000 rows: ")
				.endsWith("; start the run again");
		}
	}

	private static TestSource select(String select) {
		return TestSource.create(DATABASE, TestSource.YAML, select);
	}

}
