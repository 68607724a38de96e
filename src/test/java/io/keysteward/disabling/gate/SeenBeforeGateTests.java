package io.keysteward.disabling.gate;

import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.open;
import static org.assertj.core.api.Assertions.assertThat;

class SeenBeforeGateTests {

	private final SeenBeforeGate gate = new SeenBeforeGate();

	@Test
	void aFindingOfASingleDayIsHeld() {
		assertThat(new TestCandidate().idle(open(true, 40, 1, -10)).closed(this.gate))
			.isEqualTo("Its finding was seen on 1 of at least 2 days.");
	}

	@Test
	void oneOfTwoDaysPasses() {
		assertThat(new TestCandidate().idle(open(true, 40, 2, -10)).closed(this.gate)).isNull();
	}

	@Test
	void theFindingThatDecidesIsTheOneThatCounts() {
		assertThat(new TestCandidate().idle(open(false, 40, 40, 10)).orphaned(open(true, 20, 1, -1)).closed(this.gate))
			.isEqualTo("Its finding was seen on 1 of at least 2 days.");
	}

}
