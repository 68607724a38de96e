package io.keysteward.disabling;

import io.keysteward.run.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyGateTests {

	private final SourceFacts source = new TestCandidate().terms().source("console");

	private final Run run = TestRun.withPolicy("abc");

	@Test
	void thePolicyOfTheRunBeforePasses() {
		assertThat(new PolicyGate("abc", false).closed(this.source, this.run)).isNull();
	}

	@Test
	void anotherOneIsHeldUnlessItIsAccepted() {
		assertThat(new PolicyGate("abd", false).closed(this.source, this.run)).contains("--accept-policy-change");
		assertThat(new PolicyGate("abd", true).closed(this.source, this.run)).isNull();
	}

	@Test
	void withoutARunBeforeThereIsNothingToAccept() {
		assertThat(new PolicyGate(null, true).closed(this.source, this.run))
			.isEqualTo("There is no complete run before this one.");
	}

}
