package io.keysteward.job;

import java.util.Set;

import io.keysteward.finding.Findings;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;

import org.springframework.stereotype.Component;

/**
 * Refuses to continue a run that is complete, or with options that are not those it was
 * started with.
 */
@Component
class ContinuedRuns {

	private final Runs runs;

	private final Findings findings;

	ContinuedRuns(Runs runs, Findings findings) {
		this.runs = runs;
		this.findings = findings;
	}

	/**
	 * Refuses the run if there is one of this name that cannot be continued so.
	 */
	void requireContinuable(String runKey, RunRequest request) {
		this.runs.find(runKey).ifPresent((run) -> requireContinuable(run, request));
	}

	private void requireContinuable(Run run, RunRequest request) {
		if (run.mode() == RunMode.RESTORE) {
			throw Failure.configuration("--run-key: '" + run.key() + "' names a restore; choose another run key");
		}
		if (run.status() == RunStatus.COMPLETE) {
			throw Failure.complete("run " + run.key() + " is complete since " + run.state().finishedAt()
					+ "; choose another --run-key for another run, or use report --run-key=" + run.key()
					+ " to write its report again");
		}
		if (run.status() == RunStatus.SET_ASIDE) {
			throw Failure.complete("run " + run.key() + " is set aside; choose another --run-key for another run");
		}
		boolean disables = run.mode() == RunMode.DISABLE;
		if (disables != request.disable()) {
			throw Failure.configuration(
					"--disable: run " + run.key() + " was started "
							+ (disables ? "with it; give it again to continue the run"
									: "without it; leave it out to continue the run")
							+ ", or choose another --run-key");
		}
		requireSame(run, "--as-of", request.asOf() == null || request.asOf().equals(run.asOf()), run.asOf());
		requireSame(run, "--source", request.sources().isEmpty() || request.sources().equals(Set.copyOf(run.sources())),
				run.sources());
		requireSame(run, "--project",
				request.projects().isEmpty() || request.projects().equals(Set.copyOf(run.projects())), run.projects());
		this.runs.lastComplete().filter((last) -> last.asOf().isAfter(run.asOf())).ifPresent((last) -> {
			throw overtaken(run, last);
		});
		// What this run saw is now seen by that one: it would plan as if it had found
		// nothing.
		this.findings.followedBy(run).ifPresent((later) -> {
			throw overtaken(run, this.runs.get(later));
		});
	}

	private static Failure overtaken(Run run, Run later) {
		return Failure.person("run " + run.key() + " was overtaken by run " + later.key() + ", as of " + later.asOf()
				+ "; findings are followed forward only: leave it, and start a new run if there is need");
	}

	private static void requireSame(Run run, String option, boolean same, Object stored) {
		if (!same) {
			throw Failure.configuration(option + ": run " + run.key() + " was started with " + stored
					+ "; leave the option out to continue it, or choose another --run-key");
		}
	}

}
