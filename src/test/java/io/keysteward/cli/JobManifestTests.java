package io.keysteward.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.k8s.Kustomize;
import io.keysteward.k8s.Manifests;
import io.keysteward.k8s.Pod;
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
	@MethodSource("io.keysteward.k8s.Kustomize#all")
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
	@MethodSource("io.keysteward.k8s.Kustomize#all")
	void theCommandLineUnderstandsEveryJob(Manifests manifests) {
		assertThat(Pod.of(manifests).filter((pod) -> pod.job() != null)).isNotEmpty()
			.allSatisfy((job) -> assertThatNoException().isThrownBy(() -> parse(job.args())));
	}

	@Test
	void itWouldNotUnderstandAMisspeltOne() {
		assertThatExceptionOfType(UnmatchedArgumentException.class)
			.isThrownBy(() -> parse(List.of("run", "--runkey=nightly-1")));
	}

	private static void parse(List<String> args) {
		Application application = new Application(Map.of(), null);
		new CommandLine(new KeystewardCommand()).addSubcommand(new RunCommand(application))
			.addSubcommand(new RestoreCommand(application))
			.parseArgs(args.toArray(String[]::new));
	}

	private static List<Integer> codes() {
		return Stream
			.concat(Stream.of(ExitCode.values()).filter((code) -> code != ExitCode.DONE).map(ExitCode::value),
					Stream.of(STOPPED))
			.toList();
	}

}
