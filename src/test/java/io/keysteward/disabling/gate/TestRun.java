package io.keysteward.disabling.gate;

import java.util.List;
import java.util.Map;

import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunOrigin;
import io.keysteward.run.RunPolicy;
import io.keysteward.run.RunScope;
import io.keysteward.run.RunState;
import io.keysteward.run.RunStatus;

/**
 * A run as of {@link TestCandidate#AS_OF}.
 */
final class TestRun {

	private TestRun() {
	}

	static Run withPolicy(String sha256) {
		return new Run(1, "r", TestCandidate.AS_OF, new RunOrigin(RunMode.DISABLE, "manual", "me"),
				new RunScope(List.of("console"), List.of(), false), new RunPolicy(sha256,
						new PolicyDocument("default", Map.of(), List.of(), List.of(), "1", List.of()), null),
				1L, new RunState(RunStatus.RUNNING, TestCandidate.AS_OF, null, null), null, List.of());
	}

}
