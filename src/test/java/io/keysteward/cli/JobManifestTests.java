package io.keysteward.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.k8s.Kustomize;
import io.keysteward.k8s.Manifests;
import io.keysteward.k8s.Pod;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The Jobs of {@code k8s/} against the command line that they start: its arguments, and
 * what is done after each exit code.
 */
class JobManifestTests {

	/** After SIGTERM; no command returns it. */
	private static final int STOPPED = 143;

	@ParameterizedTest
	@MethodSource("withJobs")
	void everyExitCodeIsEitherTriedAgainOrTheEnd(Manifests manifests) {
		List<Pod> jobs = Pod.of(manifests).filter((pod) -> pod.job() != null).toList();
		assertThat(jobs).isNotEmpty().allSatisfy((job) -> {
			assertThat(job.exitCodes("Count")).containsExactlyInAnyOrder(ExitCode.RETRY.value(), ExitCode.BUSY.value(),
					STOPPED);
			assertThat(Stream.concat(job.exitCodes("Count").stream(), job.exitCodes("FailJob").stream()))
				.containsExactlyInAnyOrderElementsOf(codes());
		});
	}

	@ParameterizedTest
	@MethodSource("withJobs")
	void theCommandLineUnderstandsEveryJob(Manifests manifests) {
		assertThat(Pod.of(manifests).filter((pod) -> pod.job() != null)).isNotEmpty()
			.allSatisfy((job) -> assertThatNoException().isThrownBy(() -> parse(job.args())));
	}

	@Test
	void itWouldNotUnderstandAMisspeltOne() {
		assertThatExceptionOfType(UnmatchedArgumentException.class)
			.isThrownBy(() -> parse(List.of("run", "--runkey=nightly-1")));
	}

	@ParameterizedTest
	@MethodSource("io.keysteward.k8s.Kustomize#all")
	void aJobThatAPersonMadeOfTheCronJobIsNotRecordedAsTheSchedules(Manifests manifests) {
		assertThat(Pod.of(manifests).filter((pod) -> pod.owner().startsWith("CronJob/"))).allSatisfy((pod) -> {
			String cronJob = pod.owner().substring("CronJob/".length());
			assertThat(StartedBy.of(pod.environment(), "?", cronJob + "-29939640"))
				.isEqualTo(new StartedBy("schedule", "CronJob " + cronJob, false));
			assertThat(StartedBy.of(pod.environment(), "?", "by-hand-2026-12-04").trigger()).isEqualTo("manual");
		});
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("byHand")
	void aRunByHandIsRefusedUntilItHasAName(Manifests manifests) {
		assertThat(Pod.of(manifests)
			.filter((pod) -> pod.job() != null)
			.filter((pod) -> List.of("run", "restore").contains(pod.args().get(0))))
			.allSatisfy((pod) -> assertThatExceptionOfType(Failure.class)
				.isThrownBy(() -> StartedBy.of(pod.environment(), "?", "any"))
				.withMessageContaining("'<your name>' is not a person's name"));
	}

	static Stream<Manifests> withJobs() {
		return Kustomize.all().filter((manifests) -> !manifests.toString().matches(".*/(reader|exports|drivers).*"));
	}

	static Stream<Manifests> byHand() {
		return Kustomize.all().filter((manifests) -> manifests.toString().startsWith("k8s/manual"));
	}

	private static void parse(List<String> args) {
		ContextStarter application = new ContextStarter(Map.of(), null);
		CommandLine commandLine = new CommandLine(new KeystewardCommand());
		KeystewardCli.commands(application).forEach(commandLine::addSubcommand);
		commandLine.parseArgs(args.toArray(String[]::new));
	}

	private static List<Integer> codes() {
		return Stream
			.concat(Stream.of(ExitCode.values()).filter((code) -> code != ExitCode.DONE).map(ExitCode::value),
					Stream.of(STOPPED))
			.toList();
	}

}
