package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A real PostgreSQL for tests: in a container where Docker answers, else embedded. One
 * server for all tests, one database for each that asks.
 *
 * @param url JDBC URL of a database of its own
 * @param username a superuser
 * @param password its password
 */
public record TestDatabase(String url, String username, String password) {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final TestDatabase SERVER = start();

	private static final String TEMPLATE = template();

	/**
	 * {@return a new, empty database}
	 */
	public static TestDatabase empty() {
		return create("template0");
	}

	/**
	 * {@return a new database with Keysteward's schema in it}
	 */
	public static TestDatabase migrated() {
		return create(TEMPLATE);
	}

	/**
	 * {@return a new database that is as this one is now}
	 */
	public TestDatabase copy() {
		return create(name());
	}

	/**
	 * {@return this database, which is not dropped at the end of the test that made it}
	 */
	public TestDatabase kept() {
		PassingDatabases.keep(SERVER.database(name()));
		return this;
	}

	/**
	 * {@return a new database that is as this one is now; neither is dropped}
	 */
	public TestDatabase keptCopy() {
		return kept().copy().kept();
	}

	/** Whoever is connected is thrown out. */
	void drop() {
		SERVER.jdbc().sql("DROP DATABASE IF EXISTS " + name() + " WITH (FORCE)").update();
	}

	/** Makes this database as another one is; whoever is connected is thrown out. */
	public void becomeLike(TestDatabase other) {
		replace(name(), other.name());
	}

	/**
	 * {@return this database as whoever connects to another port of this machine sees it}
	 */
	public TestDatabase through(int port) {
		return new TestDatabase("jdbc:postgresql://localhost:" + port + "/" + name(), this.username, this.password);
	}

	/**
	 * {@return a schema of this database, as if it were all of it}
	 */
	public TestDatabase in(String schema) {
		return new TestDatabase(this.url + (this.url.contains("?") ? "&" : "?") + "currentSchema=" + schema,
				this.username, this.password);
	}

	/**
	 * {@return the server's host and port}
	 */
	public URI server() {
		URI uri = URI.create(this.url.substring("jdbc:".length()));
		return URI.create("tcp://" + uri.getHost() + ":" + uri.getPort());
	}

	/**
	 * {@return this database as the role that runs the job sees it}
	 */
	public TestDatabase asApplication() {
		return as("keysteward_app");
	}

	/**
	 * {@return this database as a role sees it that a script has created}
	 */
	public TestDatabase as(String role) {
		SERVER.jdbc().sql("ALTER ROLE " + role + " LOGIN PASSWORD 'test'").update();
		return new TestDatabase(this.url, role, "test");
	}

	/**
	 * {@return connections to this database, one for each request}
	 */
	public DataSource dataSource() {
		return new DriverManagerDataSource(this.url, this.username, this.password);
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	private static TestDatabase create(String template) {
		TestDatabase database = SERVER.database("test" + COUNT.incrementAndGet());
		copy(template, database.name());
		PassingDatabases.add(database);
		return database;
	}

	/** File by file: through the log it takes twice as long. */
	private static void copy(String template, String name) {
		SERVER.jdbc().sql("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY").update();
	}

	private static void replace(String name, String template) {
		SERVER.jdbc()
			.sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name")
			.param("name", template)
			.query()
			.listOfRows();
		SERVER.database(name).drop();
		copy(template, name);
	}

	private String name() {
		return this.url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
	}

	private static String template() {
		String name = "migrated" + ProcessHandle.current().pid();
		SERVER.jdbc().sql("CREATE DATABASE " + name).update();
		TestDatabase database = SERVER.database(name);
		database.jdbc().sql(Register.read(Path.of("config/sql/roles.sql"))).update();
		Flyway.configure()
			.dataSource(database.as("keysteward_owner").dataSource())
			.schemas("keysteward")
			.defaultSchema("keysteward")
			.load()
			.migrate();
		database.jdbc().sql(Register.read(Path.of("src/test/resources/io/keysteward/fixture-keys.sql"))).update();
		return name;
	}

	private TestDatabase database(String name) {
		return new TestDatabase(this.url.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"), this.username,
				this.password);
	}

	private static TestDatabase start() {
		return dockerAnswers() ? startContainer() : startEmbedded();
	}

	private static boolean dockerAnswers() {
		return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
	}

	@SuppressWarnings("resource") // Lives as long as the tests; its own clean-up removes
									// it.
	private static TestDatabase startContainer() {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
		container.start();
		return new TestDatabase(container.getJdbcUrl(), container.getUsername(), container.getPassword());
	}

	/**
	 * Without what makes data survive a crash; databases that live for seconds need no
	 * vacuum.
	 */
	@SuppressWarnings("resource") // Lives as long as the tests; its shutdown hook stops
									// it.
	private static TestDatabase startEmbedded() {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setServerConfig("fsync", "off")
				.setServerConfig("full_page_writes", "off")
				.setServerConfig("wal_level", "minimal")
				.setServerConfig("max_wal_senders", "0")
				.setServerConfig("autovacuum", "off")
				.setServerConfig("scram_iterations", "1")
				.setServerConfig("max_connections", "100");
			MemoryDirectory.forThisProcess().ifPresent(builder::setDataDirectory);
			EmbeddedPostgres server = builder.start();
			// Its own URL names a user, who would win over the one that connects.
			return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres",
					"postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
