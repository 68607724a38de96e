package io.keysteward.disabling.gate;

import java.util.List;
import java.util.Map;

import io.keysteward.run.InventoryScope;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;

/**
 * A run as of {@link TestCandidate#AS_OF}.
 */
final class TestRun {

	private TestRun() {
	}

	static Run withPolicy(String sha256) {
		return new Run(1, "r", TestCandidate.AS_OF, RunMode.DISABLE, "manual", "me", sha256,
				new PolicyDocument("default", Map.of(), List.of(), List.of(), "1", List.of()), null, List.of("console"),
				List.of(), false, 1L, InventoryScope.ALL, RunStatus.RUNNING, TestCandidate.AS_OF, null, null, List.of(),
				null);
	}

}
