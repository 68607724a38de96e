package io.keysteward.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The governance database's server is really stopped and started again while a run is in
 * the middle of a step; always an embedded one.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerRestartTests {

	@ParameterizedTest(name = "{1}: {2}")
	@CsvSource({ "INT, fast, RECONCILE_FINDINGS", "QUIT, immediate, TAKE_INVENTORY" })
	void aServerThatIsStartedAgainFindsTheRunContinued(String signal, String mode, Point point, @TempDir Path directory,
			CapturedOutput output) throws Exception {
		Path data = directory.resolve("data");
		EmbeddedPostgres server = start(data, 0);
		int port = server.getPort();
		TestDatabase database = new TestDatabase("jdbc:postgresql://localhost:" + port + "/postgres", "postgres",
				"postgres");
		try (FaultyProxy wire = new FaultyProxy(database.server())) {
			Register register = new Register(directory, database).key("dead", "2025-12-01", "2026-07-01T00:00:00Z")
				.set("spring.datasource.url",
						database.through(wire.port()).url() + "?prepareThreshold=0&sslmode=disable&gssEncMode=disable")
				.set("logging.level.io.zonky", "off") // It minds a server that it has not
														// stopped itself.
				.set("spring.datasource.username", database.username())
				.set("spring.datasource.password", database.password());
			EmbeddedPostgres[] again = new EmbeddedPostgres[1];
			point.on(wire, () -> {
				stop(server, data, signal);
				again[0] = start(data, port);
			});
			try {
				assertThat(register.execute("run", "--as-of=2026-11-01")).isEqualTo(1);
				assertThat(wire.sprung()).isTrue();
				OperatorMessage.oneLine(register.err())
					.containsAnyOf("spring.datasource.url: ", "the connection that held this run's lock was lost");
				assertThat(register.execute("run", "--as-of=2026-11-01")).as(register.err()).isZero();
				OperatorMessage.noStackTrace(output);
				assertThat(register.governance()
					.sql("SELECT (SELECT count(*) FROM keysteward.key_snapshot) = 1"
							+ " AND (SELECT count(*) FROM keysteward.finding_event) = 1"
							+ " AND (SELECT status FROM keysteward.run) = 'COMPLETE'")
					.query(Boolean.class)
					.single()).isTrue();
			}
			finally {
				again[0].close();
			}
		}
	}

	/** Fast waits for nobody; immediate does not even write down what it has. */
	private static void stop(EmbeddedPostgres server, Path data, String signal) {
		try {
			long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
			new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
			while (Files.exists(data.resolve("postmaster.pid"))
					&& ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
				Thread.sleep(20);
			}
			server.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static EmbeddedPostgres start(Path data, int port) {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				// Else an immediate stop loses what was committed last, as no server in
				// earnest does.
				.setServerConfig("synchronous_commit", "on")
				.setPGStartupWait(Duration.ofMinutes(1));
			return ((port > 0) ? builder.setPort(port) : builder).start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
