package io.keysteward.disabling.gate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KindGateTests {

	@Test
	void aKindThatIsNeverDisabledIsHeld() {
		assertThat(new TestCandidate().kind("system").closed(new KindGate()))
			.isEqualTo("Keys of its kind are never disabled.");
	}

	@Test
	void aSourceThatCannotDisableReversiblyHoldsItsKeysAndSaysWhy() {
		assertThat(new TestCandidate().obstacle("restore.sql is missing").closed(new KindGate()))
			.isEqualTo("Its source cannot disable: restore.sql is missing.");
	}

	@Test
	void otherKindsPassAndSoDoesAKeyWithoutOne() {
		assertThat(new TestCandidate().kind("team").closed(new KindGate())).isNull();
		assertThat(new TestCandidate().kind(null).closed(new KindGate())).isNull();
	}

}
