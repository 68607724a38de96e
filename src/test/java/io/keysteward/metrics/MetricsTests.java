package io.keysteward.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.keysteward.KeystewardApplication;
import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.disabling.PauseSignal;
import io.keysteward.metrics.MetricsReceiver.Push;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watcher hears of a run, from a real web server that takes it.
 */
@ExtendWith(OutputCaptureExtension.class)
class MetricsTests {

	private static final String SUCCESS = "keysteward_last_success_timestamp_seconds";

	private static final String EXIT_CODE = "keysteward_last_run_exit_code";

	private final Path directory;

	private final Register register;

	private final MetricsReceiver receiver = new MetricsReceiver(202);

	MetricsTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.register = new Register(directory);
		this.register.set("keysteward.metrics.pushgateway.url", this.receiver.url() + "/");
	}

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void theFiguresOfARunAreThoseThatAreStored() {
		this.register.key("dead", "2025-01-01", null)
			.key("idle", "2026-09-10", null)
			.key("busy", "2026-10-01", null)
			.key("off", "2026-10-01", null);
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'off'").update();
		assertThat(run("2026-11-01")).isZero();
		Map<String, Double> figures = this.receiver.push().text();
		assertThat(figures).containsEntry(EXIT_CODE, 0.0)
			.containsEntry("keysteward_keys{judgement=\"judged\",source=\"console\"}", 3.0)
			.containsEntry("keysteward_keys{judgement=\"not_active\",source=\"console\"}", 1.0)
			.containsEntry("keysteward_flagged_keys{source=\"console\"}", 2.0)
			.containsEntry("keysteward_findings{level=\"VIOLATION\",rule=\"IDLE\",source=\"console\"}", 1.0)
			.containsEntry("keysteward_findings{level=\"WARN\",rule=\"IDLE\",source=\"console\"}", 1.0)
			.containsEntry("keysteward_findings{level=\"WARN\",rule=\"AGED\",source=\"console\"}", 1.0)
			.containsEntry("keysteward_finding_changes{change=\"new\"}", 3.0)
			.containsEntry("keysteward_actions{outcome=\"held\"}", 2.0)
			.containsEntry("keysteward_held_keys{gate=\"LEVEL\"}", 1.0)
			.containsEntry("keysteward_held_keys{gate=\"SEEN_BEFORE\"}", 1.0)
			.containsEntry("keysteward_source_failed{source=\"console\"}", 0.0);
		double ended = this.register.governance()
			.sql("SELECT extract(epoch FROM date_trunc('milliseconds', finished_at)) FROM keysteward.run")
			.query(Double.class)
			.single();
		assertThat(figures).containsEntry(SUCCESS, ended).containsEntry("keysteward_last_run_timestamp_seconds", ended);
		assertThat(figures.keySet().stream().map((name) -> name.replaceFirst("\\{.*", "")).distinct())
			.containsExactlyInAnyOrderElementsOf(MetricNamesTests.names());
		assertThat(figures.get("keysteward_run_duration_seconds")).isPositive().isLessThan(600);
	}

	@Test
	void aRunThatFoundNothingStillReportsZeros() {
		assertThat(run("2026-11-01")).isZero();
		Map<String, Double> figures = this.receiver.push().text();
		assertThat(figures)
			.containsEntry("keysteward_findings{level=\"VIOLATION\",rule=\"ORPHANED\",source=\"console\"}", 0.0)
			.containsEntry("keysteward_keys{judgement=\"judged\",source=\"console\"}", 0.0)
			.containsEntry("keysteward_actions{outcome=\"disabled\"}", 0.0)
			.containsEntry("keysteward_actions{outcome=\"would_disable\"}", 0.0)
			.containsEntry("keysteward_held_keys{gate=\"BREAKER\"}", 0.0)
			.containsEntry("keysteward_run_held{gate=\"BREAKER\"}", 0.0)
			.containsEntry("keysteward_run_held{gate=\"FRESH\"}", 1.0);
	}

	@Test
	void aFailedRunReportsWhatItStoredAndNoSuccess() {
		this.register.key("dead", "2025-01-01", null);
		this.register.source(1, "payments", new TestDatabase("jdbc:postgresql://localhost:1/payments", "reader", "x"));
		assertThat(run("2026-11-01")).isEqualTo(1);
		assertThat(this.receiver.push().text()).containsEntry(EXIT_CODE, 1.0)
			.containsEntry("keysteward_source_failed{source=\"payments\"}", 1.0)
			.containsEntry("keysteward_source_failed{source=\"console\"}", 0.0)
			.containsEntry("keysteward_findings{level=\"VIOLATION\",rule=\"IDLE\",source=\"console\"}", 1.0)
			.doesNotContainKey("keysteward_findings{level=\"VIOLATION\",rule=\"IDLE\",source=\"payments\"}")
			.doesNotContainKey(SUCCESS);
	}

	@Test
	void aRunThatEndsBeforeItsRowReportsItsExitCodeOnly() {
		this.register.set("keysteward.sources[0].datasource.url", "jdbc:postgresql://localhost:1/keys");
		assertThat(run("2026-11-01")).isEqualTo(1);
		assertThat(this.receiver.push().text()).containsOnlyKeys(EXIT_CODE, "keysteward_last_run_timestamp_seconds")
			.containsEntry(EXIT_CODE, 1.0);
	}

	@Test
	void aRunWhoseDisablingWasHeldIsNoSuccess() throws IOException {
		FileSystemUtils.copyRecursively(Path.of("config", "sources"), this.directory.resolve("sources"));
		Files.writeString(this.directory.resolve("exemptions.yaml"), "exemptions: [{ id: EX-1 }]\n");
		this.register.set("keysteward.config-directory", this.directory.toString());
		assertThat(run("2026-11-01")).isEqualTo(3);
		assertThat(this.receiver.push().text()).containsEntry(EXIT_CODE, 3.0)
			.containsEntry("keysteward_run_held{gate=\"EXEMPT\"}", 1.0)
			.doesNotContainKey(SUCCESS);
	}

	@Test
	void aRunThatIsStoppedBySigtermReportsThatToo() throws Exception {
		this.register.key("k", "2026-10-01", null);
		Process process;
		try (PauseSignal sign = new PauseSignal(this.register.governanceDatabase(),
				"BEFORE UPDATE ON keysteward.run_source FOR EACH ROW WHEN (NEW.status = 'READ')")) {
			process = start();
			await(sign::reached);
			process.destroy();
			await(() -> Files.readString(log()).contains("asked to stop"));
		}
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
		assertThat(this.receiver.push().text()).containsEntry(EXIT_CODE, 143.0)
			.containsEntry("keysteward_source_failed{source=\"console\"}", 0.0)
			.doesNotContainKey(SUCCESS);
	}

	@Test
	void whatIsRefusedBeforeItBeginsLeavesTheFiguresOfTheLastRunAlone() {
		assertThat(run("2026-11-01")).isZero();
		assertThat(run("2026-11-01")).isEqualTo(5);
		this.register.key("k", "2026-01-01", "2026-10-31Z");
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--run-key=part", "--project=p")).isZero();
		assertThat(this.receiver.pushes()).hasSize(1);
	}

	@Test
	void theGroupingKeyIsFixedSoThatNoSeriesIsLeftBehind() {
		this.register.set("keysteward.mail.environment", "prod eu")
			.set("keysteward.metrics.pushgateway.username", "ada")
			.set("keysteward.metrics.pushgateway.password", "pushed-secret");
		assertThat(run("2026-11-01")).isZero();
		Push push = this.receiver.push();
		assertThat(push.method()).isEqualTo("POST");
		assertThat(push.path()).isEqualTo("/metrics/job/keysteward/environment/prod%20eu");
		assertThat(push.login()).isEqualTo("Basic YWRhOnB1c2hlZC1zZWNyZXQ=");
		assertThat(push.text()).containsEntry(EXIT_CODE + "{environment=\"prod eu\"}", 0.0);
	}

	@Test
	void anOtlpReceiverGetsTheSameFigures() throws IOException {
		this.register.set("keysteward.metrics.otlp.url", this.receiver.url() + "/v1/metrics")
			.set("keysteward.metrics.otlp.headers.Authorization", "Bearer t0ken");
		this.register.key("dead", "2025-01-01", null);
		assertThat(run("2026-11-01")).isZero();
		assertThat(this.receiver.pushes()).hasSize(2);
		Push push = this.receiver.pushes().get(1);
		assertThat(push.path()).isEqualTo("/v1/metrics");
		assertThat(push.login()).isEqualTo("Bearer t0ken");
		assertThat(push.otlp()).hasSameSizeAs(this.receiver.pushes().get(0).text())
			.containsEntry("keysteward.last.run.exit.code{}", 0.0)
			.containsEntry("keysteward.findings{level=VIOLATION, rule=IDLE, source=console}", 1.0)
			.containsEntry("keysteward.actions{outcome=disabled}", 0.0);
	}

	@Test
	void receiversThatRefuseOrAreDownCostOneLineEachAndNotTheRun(CapturedOutput output) throws IOException {
		try (MetricsReceiver refuses = new MetricsReceiver(503)) {
			this.register.key("k", "2026-01-01", "2026-10-31Z")
				.set("keysteward.metrics.otlp.url", refuses.url())
				.set("keysteward.metrics.pushgateway.url", "http://localhost:1");
			assertThat(run("2026-11-01")).isZero();
			assertThat(refuses.pushes()).hasSize(1);
		}
		assertThat(warnings(output)).hasSize(2)
			.anyMatch((line) -> line.contains("keysteward.metrics.pushgateway.url: http://localhost:1 does not take"))
			.anyMatch((line) -> line.contains("it answered 503"));
	}

	@Test
	void aReceiverThatNeverAnswersHoldsTheRunForSecondsOnly(CapturedOutput output) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			this.register.key("k", "2026-01-01", "2026-10-31Z")
				.set("keysteward.metrics.pushgateway.url", "http://localhost:" + silent.getLocalPort());
			long start = System.nanoTime();
			assertThat(run("2026-11-01")).isZero();
			// Five for the receiver, the rest for a run on a busy machine.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(5),
					Duration.ofSeconds(60));
		}
		assertThat(warnings(output)).singleElement().asString().contains("no answer within 5 s");
	}

	@Test
	void aWrongSettingIsRefusedBeforeTheRunBegins() {
		this.register.set("keysteward.metrics.pushgateway.username", "ada");
		assertThat(run("2026-11-01")).isEqualTo(2);
		assertThat(this.register.err()).contains("has username or password, but not both").hasLineCount(1);
		this.register.set("keysteward.metrics.pushgatway.url", "http://localhost");
		assertThat(run("2026-11-01")).isEqualTo(2);
		assertThat(this.register.err()).contains("did you mean keysteward.metrics.pushgateway.url?");
	}

	@Test
	void checkSaysWhereTheFiguresGoAndPushesNothing() {
		assertThat(this.register.execute("check")).isZero();
		assertThat(this.register.out()).containsPattern("ok +metrics +pushed to the Pushgateway http://localhost");
		assertThat(this.receiver.pushes()).isEmpty();
	}

	private int run(String asOf) {
		return this.register.execute("run", "--as-of=" + asOf);
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains(" WARN ")).toList();
	}

	private Process start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx300m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
		this.register.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of(KeystewardApplication.class.getName(), "run"));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
	}

	private Path log() {
		return this.directory.resolve("process.log");
	}

	private static void await(Callable<Boolean> happened) throws Exception {
		Instant end = Instant.now().plus(Duration.ofSeconds(90));
		while (!happened.call()) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(50);
		}
	}

}
