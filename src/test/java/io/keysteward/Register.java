package io.keysteward;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.keysteward.cli.KeystewardCli;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A register of keys in a database of its own, and a Keysteward that reads it: the
 * built-in definition, a governance database, a report directory.
 */
public final class Register {

	private TestDatabase governance;

	private TestDatabase keys;

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private @Nullable Clock clock;

	/**
	 * Makes an empty register.
	 * @param directory for configuration and reports
	 */
	public Register(Path directory) {
		this(directory, TestDatabase.migrated());
	}

	public Register(Path directory, TestDatabase governance) {
		this(directory, governance, Empty.KEYS.copy());
	}

	/**
	 * Makes an empty register.
	 * @param directory for configuration and reports
	 * @param governance where runs are kept
	 * @param keys a database with the built-in definition's tables
	 */
	private Register(Path directory, TestDatabase governance, TestDatabase keys) {
		this.directory = directory;
		this.governance = governance;
		this.keys = keys;
		set("spring.config.location", "classpath:/application.yaml");
		set("spring.datasource.username", governance.asApplication().username());
		set("spring.datasource.password", governance.asApplication().password());
		set("keysteward.report.directory", directory.resolve("reports").toString());
		source(0, "console", keys.as("keysteward_disabler"));
		in(governance, keys);
	}

	/** From now on it is in these databases. */
	public void in(TestDatabase governance, TestDatabase keys) {
		this.governance = governance;
		this.keys = keys;
		set("spring.datasource.url", governance.url());
		set("keysteward.sources[0].datasource.url", keys.url());
	}

	/**
	 * Makes the built-in definition's tables, and its roles where they are not there yet.
	 */
	public static void create(TestDatabase database) {
		database.jdbc().sql(read(Path.of("config/sources/api-key-records/schema.sql"))).update();
		String grants = read(Path.of("config/sources/api-key-records/grants.sql"));
		boolean roles = database.jdbc()
			.sql("SELECT count(*) > 0 FROM pg_roles WHERE rolname = 'keysteward_disabler'")
			.query(Boolean.class)
			.single();
		database.jdbc().sql(roles ? grants.replaceAll("CREATE ROLE [^;]*;", "") : grants).update();
	}

	/** Adds a source of the built-in definition. */
	public Register source(int index, String id, TestDatabase database) {
		String source = "keysteward.sources[" + index + "].";
		set(source + "id", id);
		set(source + "definition", "api-key-records");
		set(source + "datasource.url", database.url());
		set(source + "datasource.username", database.username());
		return set(source + "datasource.password", database.password());
	}

	public Register set(String property, String value) {
		this.properties.put(property, value);
		return this;
	}

	public Register unset(String property) {
		this.properties.remove(property);
		return this;
	}

	/** Forgets its whole configuration. */
	public void clear() {
		this.properties.clear();
	}

	/**
	 * {@return its whole configuration, for a process of its own}
	 */
	public Map<String, String> properties() {
		return Map.copyOf(this.properties);
	}

	/**
	 * Reports are mailed to the mail server at this port of this machine, without TLS.
	 */
	public Register mail(int port) {
		return set("spring.mail.host", "127.0.0.1").set("spring.mail.port", String.valueOf(port))
			.set("spring.mail.properties.[mail.smtp.starttls.enable]", "false")
			.set("spring.mail.properties.[mail.smtp.starttls.required]", "false")
			.set("keysteward.mail.from", "keysteward@example.com")
			.set("keysteward.mail.to[0]", "security@example.com");
	}

	/** From now on it is what this clock says. */
	public Register clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * {@return the register's database}
	 */
	public JdbcClient keys() {
		return this.keys.jdbc();
	}

	public TestDatabase keysDatabase() {
		return this.keys;
	}

	/**
	 * {@return the governance database}
	 */
	public JdbcClient governance() {
		return this.governance.jdbc();
	}

	/**
	 * The governance database takes rows of the inventory, and does not keep them.
	 */
	public void loseRows() {
		governance()
			.sql("""
					CREATE FUNCTION keysteward.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
					CREATE TRIGGER lose BEFORE INSERT ON keysteward.key_record_now FOR EACH ROW EXECUTE FUNCTION keysteward.lose()
					""")
			.update();
	}

	public TestDatabase governanceDatabase() {
		return this.governance;
	}

	public String governanceUrl() {
		return this.governance.url().replaceFirst("\\?.*", "");
	}

	public Path reports() {
		return this.directory.resolve("reports");
	}

	/**
	 * {@return the workbook of a run, whose name has a day before the run's key where
	 * that has none}
	 */
	public Path report(String runKey) {
		if (!Files.isDirectory(reports())) {
			return reports().resolve("keysteward-" + runKey + ".xlsx");
		}
		try (Stream<Path> files = Files.list(reports())) {
			return files
				.filter((file) -> String.valueOf(file.getFileName())
					.matches("keysteward-(\\d{4}-\\d\\d-\\d\\d-)?" + Pattern.quote(runKey) + "\\.xlsx"))
				.findFirst()
				.orElseGet(() -> reports().resolve("keysteward-" + runKey + ".xlsx"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds a key that nothing is wrong with, in project {@code p} and owned by {@code u}.
	 */
	public Register key(String id, String createdAt, @Nullable String lastUsedAt) {
		keys().sql("INSERT INTO project (id, name) VALUES ('p', 'Atlas') ON CONFLICT DO NOTHING").update();
		keys()
			.sql("INSERT INTO account (id, name, email) VALUES ('u', 'Ada', 'ada@example.com') ON CONFLICT DO NOTHING")
			.update();
		keys().sql("""
				INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
				VALUES (:id, 'service ' || :id, 'sk-a****9xQ2', 'p', 'u', :created::timestamptz, :used::timestamptz)
				""").param("id", id).param("created", createdAt).param("used", lastUsedAt).update();
		return this;
	}

	/**
	 * {@return the exit code of a command; what it said is kept}
	 */
	public int execute(String... args) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		return new KeystewardCli(this.properties, new PrintWriter(this.out, true), new PrintWriter(this.err, true),
				this.clock)
			.execute(args);
	}

	public String out() {
		return this.out.toString();
	}

	public String err() {
		return this.err.toString();
	}

	public static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** One without a key, to be copied: that takes half as long as to make one. */
	private static final class Empty {

		private static final TestDatabase KEYS = TestDatabase.empty().kept();

		static {
			create(KEYS);
		}

	}

}
