package io.keysteward.lock;

import java.io.IOException;
import java.nio.file.Path;

import io.keysteward.PgBouncer;
import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A lock belongs to a session: one that the server or a pooler takes away must be noticed
 * or prevented.
 */
class SessionTests {

	private final Path directory;

	private final Register register;

	SessionTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("k", "2026-01-01", "2026-08-01T00:00:00Z");
	}

	@Test
	void aPoolerThatSharesSessionsIsRefusedByCheckAndRunAndRestore() throws IOException {
		assumeTrue(PgBouncer.isInstalled(), "pgbouncer is not installed");
		TestDatabase governance = this.register.governanceDatabase();
		try (PgBouncer pooler = PgBouncer.start(governance, this.directory)) {
			this.register.set("spring.datasource.url", governance.through(pooler.port()).url());
			String line = "spring.datasource.url: this address gives out database sessions by transaction";
			assertThat(this.register.execute("check")).isEqualTo(2);
			assertThat(this.register.out()).contains(line, "Not ready.");
			for (String command : new String[] { "run", "restore --run-key=x" }) {
				assertThat(this.register.execute(command.split(" "))).as(this.register.err()).isEqualTo(2);
				assertThat(this.register.err()).contains(line).hasLineCount(1);
			}
		}
	}

	@Test
	void aServerThatEndsIdleSessionsDoesNotEndTheLock() {
		this.register.governance()
			.sql("ALTER DATABASE " + this.register.governanceUrl().replaceFirst(".*/", "")
					+ " SET idle_session_timeout = '1s'")
			.update();
		assertThat(this.register.execute("check")).as(this.register.out()).isZero();
		assertThat(this.register.out()).contains("idle_session_timeout is 1s");
		this.register.keys().sql("""
				CREATE FUNCTION slow() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN 1; END';
				ALTER TABLE account RENAME TO accounts;
				CREATE VIEW account AS SELECT a.* FROM accounts a CROSS JOIN (SELECT slow() OFFSET 0) s;
				GRANT SELECT ON account TO keysteward_reader, keysteward_disabler
				""").update();
		assertThat(this.register.execute("run")).as(this.register.err()).isZero();
	}

}
