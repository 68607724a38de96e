package io.keysteward.disabling.gate;

import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.ago;
import static org.assertj.core.api.Assertions.assertThat;

class ReenabledGateTests {

	private final ReenabledGate gate = new ReenabledGate();

	@Test
	void aKeyThatWasNeverDisabledPasses() {
		assertThat(new TestCandidate().closed(this.gate)).isNull();
	}

	@Test
	void aKeyThatWasSwitchedOnAgainIsHeldWhateverItsOwnerWasToldBefore() {
		assertThat(new TestCandidate().disabled(ago(3)).closed(this.gate)).isEqualTo(
				"Keysteward disabled it on 2026-11-21 and it was switched on again: its owner is warned anew, both times.");
	}

	@Test
	void itPassesOnceItsOwnerWasToldEverythingAnew() {
		assertThat(new TestCandidate().disabled(ago(25)).closed(this.gate)).isNull();
		assertThat(new TestCandidate().disabled(ago(25)).warnedForTheLastTime().closed(this.gate)).isNotNull();
	}

}
