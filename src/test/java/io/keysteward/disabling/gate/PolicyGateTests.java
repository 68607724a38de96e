package io.keysteward.disabling.gate;

import io.keysteward.disabling.PlannedRun;
import io.keysteward.disabling.SourceFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyGateTests {

	private final SourceFacts source = new TestCandidate().context().source("console");

	@Test
	void thePolicyOfTheRunBeforePasses() {
		assertThat(closed("abc", false)).isNull();
	}

	@Test
	void anotherOneIsHeldUnlessItIsAccepted() {
		assertThat(closed("abd", false)).contains("--accept-policy-change");
		assertThat(closed("abd", true)).isNull();
	}

	@Test
	void withoutARunBeforeThereIsNothingToAccept() {
		assertThat(closed(null, true)).isEqualTo("There is no complete run before this one.");
	}

	private @Nullable String closed(@Nullable String before, boolean accepted) {
		return new PolicyGate().closed(this.source,
				new PlannedRun(TestRun.withPolicy("abc"), before, accepted, TestCandidate.AS_OF));
	}

}
