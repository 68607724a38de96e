package io.keysteward.endurance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many keys, many sources, many owners, with the small heap that every process of the
 * campaigns has.
 */
class LoadIT {

	/** Every tenth key is idle; the owner of key n is number n modulo so many. */
	private static final String KEYS = """
			INSERT INTO project (id, name) SELECT 'p-' || n, 'Project ' || n FROM generate_series(0, 99) n;
			INSERT INTO account (id, name, email)
			SELECT 'u-' || n, 'Owner ' || n, 'owner-' || n || '@example.com' FROM generate_series(0, %2$d - 1) n;
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
			SELECT 'key-' || lpad(n::text, 8, '0'), 'service number ' || n, 'sk-a****9xQ2', 'p-' || n %% 100,
			       'u-' || n / 10 %% %2$d, '%3$s'::timestamptz - interval '300 d',
			       '%3$s'::timestamptz - CASE WHEN n %% 10 = 0 THEN interval '200 d' ELSE interval '5 d' END
			FROM generate_series(1, %1$d) n;
			ANALYZE api_key
			""";

	private final Path directory;

	private final Register register;

	private final Instant asOf = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	LoadIT(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@Test
	void aMillionKeysFitIntoASmallHeap() throws Exception {
		int keys = CampaignSize.FULL ? 1_000_000 : 10_000;
		fill(this.register.keysDatabase(), keys, 1000);
		runBefore("first", this.asOf.minus(Duration.ofDays(4)));
		run("second", this.asOf);
		assertThat(one("SELECT count(*) FROM keysteward.key_snapshot")).isEqualTo(2L * keys);
		assertThat(one("SELECT count(*) FROM keysteward.finding WHERE status = 'OPEN'")).isEqualTo(keys / 10);
	}

	@Test
	void tenSourcesAreReadInOneRun() throws Exception {
		int keys = CampaignSize.FULL ? 100_000 : 1_000;
		TestDatabase database = this.register.keysDatabase();
		fill(database, keys, 100);
		for (int source = 1; source < 10; source++) {
			String schema = "s" + source;
			database.jdbc()
				.sql("CREATE SCHEMA " + schema + "; GRANT USAGE ON SCHEMA " + schema + " TO PUBLIC")
				.update();
			TestDatabase own = database.in(schema);
			Register.create(own);
			fill(own, keys, 100);
			this.register.source(source, schema, database.as("keysteward_reader").in(schema));
		}
		run("ten", this.asOf);
		assertThat(one("SELECT count(*) FROM keysteward.run_source WHERE status = 'READ' AND read_rows = " + keys))
			.isEqualTo(10);
		assertThat(one("SELECT count(*) FROM keysteward.key_snapshot")).isEqualTo(10L * keys);
	}

	@Test
	void everyOneOfManyOwnersIsToldOnce() throws Exception {
		int owners = CampaignSize.FULL ? 20_000 : 100;
		fill(this.register.keysDatabase(), owners * 10, owners);
		runBefore("before", this.asOf.minus(Duration.ofDays(4)));
		use();
		try (SmtpStub mail = new SmtpStub(null)) {
			this.register.mail(mail.port())
				.set("keysteward.mail.warn-owners", "true")
				.set("keysteward.notices.max-owners", String.valueOf(owners))
				.set("keysteward.notices.max-percent", "100");
			runBefore("report", this.asOf.minus(Duration.ofDays(1)));
			use();
			run("told", this.asOf);
			assertThat(mail.messages().stream().filter((message) -> message.contains(".warning.")).distinct())
				.hasSize(owners);
		}
		assertThat(one(
				"SELECT count(DISTINCT recipient) FROM keysteward.notice WHERE kind = 'WARNING' AND status = 'SENT'"))
			.isEqualTo(owners);
		assertThat(one("SELECT count(*) FROM keysteward.notice WHERE status <> 'SENT'")).isZero();
	}

	/** The short form has no process for it, since that costs seconds. */
	private void runBefore(String runKey, Instant asOf) throws Exception {
		if (CampaignSize.FULL) {
			run(runKey, asOf);
		}
		else {
			assertThat(this.register.execute(command(runKey, asOf))).as(this.register.err()).isZero();
		}
	}

	private void run(String runKey, Instant asOf) throws Exception {
		try (RealProcess process = RealProcess.startPackaged(this.register.properties(),
				this.directory.resolve("load.log"), command(runKey, asOf))) {
			int exit = process.exit();
			CampaignSize.print(runKey + ": exit " + exit + " after " + process.age().toSeconds() + " s");
			assertThat(exit).as(process.output()).isZero();
		}
	}

	private static String[] command(String runKey, Instant asOf) {
		return new String[] { "run", "--run-key=" + runKey, "--as-of=" + asOf };
	}

	private void fill(TestDatabase database, int keys, int owners) {
		database.jdbc().sql(KEYS.formatted(keys, owners, this.asOf)).update();
	}

	/** The source shows signs of life. */
	private void use() {
		this.register.keys()
			.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id LIKE '%1'")
			.param("at", this.asOf.minus(Duration.ofDays(1)).minusSeconds(60).toString())
			.update();
	}

	private long one(String sql) {
		return this.register.governance().sql(sql).query(Long.class).single();
	}

}
