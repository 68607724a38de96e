package io.keysteward.disabling.gate;

import java.time.Duration;

import io.keysteward.run.Gate;
import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.AS_OF;
import static io.keysteward.disabling.gate.TestCandidate.ago;
import static org.assertj.core.api.Assertions.assertThat;

class ApprovalGateTests {

	private final ApprovalGate gate = new ApprovalGate();

	@Test
	void asShippedNobodyHasToApprove() {
		assertThat(new TestCandidate().closed(this.gate)).isNull();
		assertThat(new TestCandidate().plan().due()).isTrue();
	}

	@Test
	void whereItIsRequiredAKeyWithoutOneIsHeldAndItsOwnerIsWarnedAllTheSame() {
		TestCandidate key = new TestCandidate().approvalRequired().warned().warnedForTheLastTime();
		assertThat(key.closed(this.gate)).isEqualTo("No decision to disable it is in force.");
		assertThat(key.plan().closed()).containsKeys(Gate.APPROVAL, Gate.NOTICE);
		assertThat(key.plan().nextNotice()).isNotNull();
	}

	@Test
	void anApprovalOfAWorkbookThatIsNotTooOldOpensIt() {
		assertThat(new TestCandidate().approvalRequired().approved(ago(14)).closed(this.gate)).isNull();
		assertThat(new TestCandidate().approvalRequired().approved(AS_OF).plan().due()).isTrue();
	}

	@Test
	void anOlderOneDoesNot() {
		assertThat(new TestCandidate().approvalRequired().approved(ago(14).minusNanos(1000)).closed(this.gate))
			.isEqualTo("grace@example.com decided to disable it by the workbook of 2026-11-10, which is more than 14"
					+ " days ago.");
	}

	/** A clock that was ahead would make it valid for longer. */
	@Test
	void oneOfTheFutureDoesNot() {
		assertThat(new TestCandidate().approvalRequired().approved(AS_OF.plus(Duration.ofMillis(1))).closed(this.gate))
			.isEqualTo("grace@example.com decided to disable it by the workbook of 2026-11-24, which is later than this"
					+ " run.");
	}

	@Test
	void anApprovalOpensNoOtherGate() {
		assertThat(new TestCandidate().approvalRequired().approved(ago(1)).exemption("EX-1").plan().closed())
			.containsKey(Gate.EXEMPT);
		assertThat(new TestCandidate().approvalRequired().approved(ago(1)).warned().plan().closed())
			.containsOnlyKeys(Gate.NOTICE);
	}

}
