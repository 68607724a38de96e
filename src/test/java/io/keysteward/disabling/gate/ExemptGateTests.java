package io.keysteward.disabling.gate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExemptGateTests {

	@Test
	void anExemptKeyIsHeldByTheExemptionThatIsNamed() {
		assertThat(new TestCandidate().exemption("EX-7").closed(new ExemptGate()))
			.isEqualTo("Exempt by EX-7 until 2026-12-24.");
	}

	@Test
	void aKeyThatNoExemptionCoversPasses() {
		assertThat(new TestCandidate().closed(new ExemptGate())).isNull();
	}

}
