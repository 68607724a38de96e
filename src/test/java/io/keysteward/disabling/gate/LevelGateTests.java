package io.keysteward.disabling.gate;

import io.keysteward.key.Usage;
import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.open;
import static org.assertj.core.api.Assertions.assertThat;

class LevelGateTests {

	private final LevelGate gate = new LevelGate();

	@Test
	void aKeyThatIsIdlePastTheDisablingThresholdPasses() {
		assertThat(new TestCandidate().closed(this.gate)).isNull();
	}

	@Test
	void aKeyThatIsOnlyPastTheWarningThresholdIsHeldUntilTheOther() {
		assertThat(new TestCandidate().idle(open(false, 5, 5, 7)).closed(this.gate))
			.isEqualTo("It is not past the disabling threshold before 2026-12-01.");
	}

	@Test
	void anOrphanThatIsInUseIsHeldHoweverLongItHasBeenOne() {
		assertThat(new TestCandidate().idle(null).orphaned(open(true, 300, 300, -200)).closed(this.gate))
			.isEqualTo("It has been in use: only an idle key is disabled.");
	}

	@Test
	void anOrphanPastItsGraceThatIsIdlePasses() {
		assertThat(new TestCandidate().idle(open(false, 5, 5, 40)).orphaned(open(true, 20, 20, -13)).closed(this.gate))
			.isNull();
	}

	@Test
	void anOrphanWithinItsGraceIsHeld() {
		assertThat(new TestCandidate().idle(open(false, 5, 5, 40)).orphaned(open(false, 2, 2, 5)).closed(this.gate))
			.isEqualTo("It is not past the disabling threshold before 2026-11-29.");
	}

	@Test
	void aKeyOfUnknownUseIsHeldWhateverItsFindingsSay() {
		assertThat(new TestCandidate().usage(Usage.State.UNKNOWN).orphaned(open(true, 20, 20, -13)).closed(this.gate))
			.isEqualTo("Its use is not known, and unknown is never idle.");
	}

}
