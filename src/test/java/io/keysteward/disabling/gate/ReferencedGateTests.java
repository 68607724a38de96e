package io.keysteward.disabling.gate;

import java.util.Map;

import io.keysteward.disabling.KeyDecision;
import io.keysteward.run.Gate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReferencedGateTests {

	@Test
	void aKeyThatSomethingStillNamesIsHeldAndSaysByWhat() {
		assertThat(new TestCandidate().referencedBy("pipeline nightly-build").closed(new ReferencedGate()))
			.isEqualTo("Something still names it: 'pipeline nightly-build'.");
	}

	@Test
	void aTextOfBlanksNamesSomethingToo() {
		assertThat(new TestCandidate().referencedBy(" ").closed(new ReferencedGate())).isNotNull();
	}

	@Test
	void aKeyThatNothingNamesPasses() {
		assertThat(new TestCandidate().referencedBy(null).closed(new ReferencedGate())).isNull();
		assertThat(new TestCandidate().referencedBy("").closed(new ReferencedGate())).isNull();
	}

	/** A line break would move the reasons of the gates after it. */
	@Test
	void whatStrangersWriteStaysOneShortVisibleLine() {
		String closed = new TestCandidate().referencedBy("a\nb\u202Ec" + "d".repeat(5000)).closed(new ReferencedGate());
		assertThat(closed).hasSizeLessThan(300).doesNotContain("\n", "\u202E").contains("b\\u202Ec");
	}

	@Test
	void nobodyIsWarnedOfADisablingThatWillNotCome() {
		KeyDecision plan = new TestCandidate().referencedBy("pipeline").warned().warnedForTheLastTime().plan();
		assertThat(plan.closed()).containsOnlyKeys(Gate.REFERENCED);
		assertThat(plan.nextNotice()).isNull();
		assertThat(plan.dueAt()).isNull();
	}

	@Test
	void itIsNamedAfterTheKindAndBeforeTheThreshold() {
		KeyDecision plan = new TestCandidate().kind("system")
			.referencedBy("pipeline")
			.plan(Map.of(Gate.FRESH, "The source is dead."));
		assertThat(plan.closed().keySet()).containsExactly(Gate.KIND, Gate.REFERENCED, Gate.FRESH);
		assertThat(plan.heldBy()).isEqualTo(Gate.KIND);
	}

}
