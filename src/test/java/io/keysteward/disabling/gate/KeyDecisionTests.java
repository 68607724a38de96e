package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.keysteward.disabling.KeyDecision;
import io.keysteward.run.Gate;
import io.keysteward.run.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.keysteward.disabling.gate.TestCandidate.AS_OF;
import static io.keysteward.disabling.gate.TestCandidate.ago;
import static io.keysteward.disabling.gate.TestCandidate.open;
import static org.assertj.core.api.Assertions.assertThat;

class KeyDecisionTests {

	@Test
	void aKeyThatAllGatesLetThroughIsDue() {
		KeyDecision plan = new TestCandidate().plan();
		assertThat(plan.due()).isTrue();
		assertThat(plan.heldBy()).isNull();
		assertThat(plan.nextNotice()).isNull();
		assertThat(plan.dueAt()).isEqualTo(AS_OF);
	}

	@Test
	void allClosedGatesAreNamedInTheirOrderWithTheirReasons() {
		KeyDecision plan = new TestCandidate().kind("system")
			.disabled(TestCandidate.ago(5))
			.plan(Map.of(Gate.WINDOW, "At night."));
		assertThat(plan.heldBy()).isEqualTo(Gate.KIND);
		assertThat(plan.closedGates()).isEqualTo("KIND,REENABLED,WINDOW");
		assertThat(plan.detail()).startsWith("Keys of its kind are never disabled.\n").endsWith("\nAt night.");
		assertThat(plan.dueAt()).isNull();
		assertThat(plan.nextNotice()).isNull();
	}

	@Test
	void ofAKeyThatIsInUseNobodyHadToBeWarned() {
		KeyDecision plan = new TestCandidate().warned().idle(null).orphaned(open(true, 20, 1, -13)).plan(Map.of());
		assertThat(plan.closedGates()).isEqualTo("LEVEL");
		assertThat(plan.detail()).isEqualTo("It has been in use: only an idle key is disabled.");
		assertThat(plan.nextNotice()).isNull();
	}

	@Test
	void ofAKeyThatIsNeverDisabledNobodyHadToBeWarned() {
		KeyDecision plan = new TestCandidate().kind("system").warned().idle(open(true, 40, 1, -10)).plan(Map.of());
		assertThat(plan.closedGates()).isEqualTo("KIND");
		assertThat(plan.detail()).isEqualTo("Keys of its kind are never disabled.");
	}

	@Test
	void ofAnExemptKeyNothingIsSaidThatItsFindingWouldHaveToShow() {
		KeyDecision plan = new TestCandidate().exemption("EX-7").idle(null).plan(Map.of(Gate.WINDOW, "At night."));
		assertThat(plan.heldBy()).isEqualTo(Gate.EXEMPT);
		assertThat(plan.closedGates()).isEqualTo("EXEMPT,WINDOW");
		assertThat(plan.detail()).isEqualTo("Exempt by EX-7 until 2026-12-24.\nAt night.");
		assertThat(plan.dueAt()).isNull();
		assertThat(plan.nextNotice()).isNull();
	}

	@Test
	void anExemptKeyIsHeldByItsExemptionAndByWhatHoldsAll() {
		KeyDecision plan = new TestCandidate().exemption("EX-7")
			.kind("system")
			.plan(Map.of(Gate.EXEMPT, "Unreadable."));
		assertThat(plan.closedGates()).isEqualTo("EXEMPT,KIND");
		assertThat(plan.detail())
			.isEqualTo("Exempt by EX-7 until 2026-12-24. Unreadable.\nKeys of its kind are never disabled.");
	}

	@Test
	void whereExemptionsCannotBeReadEachKeysOwnGatesAreStillNamed() {
		KeyDecision plan = new TestCandidate().warned().plan(Map.of(Gate.EXEMPT, "Unreadable."));
		assertThat(plan.closedGates()).isEqualTo("EXEMPT,NOTICE");
	}

	@ParameterizedTest
	@EnumSource(Gate.class)
	void oneClosedGateIsEnough(Gate gate) {
		assertThat(new TestCandidate().plan(Map.of(gate, "Closed.")).due()).isFalse();
	}

	@Test
	void theFirstWarningGoesOutWhenTheDayIsNear() {
		assertThat(new TestCandidate().warned().idle(open(false, 5, 5, 15)).plan().nextNotice()).isNull();
		KeyDecision plan = new TestCandidate().warned().idle(open(false, 5, 5, 14)).plan();
		assertThat(plan.nextNotice()).isEqualTo(NoticeKind.WARNING);
		assertThat(plan.dueAt()).isEqualTo(ago(-14));
	}

	@Test
	void aKeyThatIsLongPastTheThresholdIsDueAfterTheNotice() {
		assertThat(new TestCandidate().warned().plan().dueAt()).isEqualTo(ago(-14));
	}

	@Test
	void theLastWarningGoesOutAWeekBeforeTheDayAndMovesItIfItIsLate() {
		Instant warned = ago(6).plus(Duration.ofMinutes(5));
		assertThat(new TestCandidate().warned(warned).warnedForTheLastTime().plan().nextNotice()).isNull();
		warned = ago(7).plus(Duration.ofMinutes(5));
		KeyDecision plan = new TestCandidate().warned(warned).warnedForTheLastTime().plan();
		assertThat(plan.nextNotice()).isEqualTo(NoticeKind.FINAL);
		assertThat(plan.dueAt()).isEqualTo(warned.plus(Duration.ofDays(14)));
		plan = new TestCandidate().warned(ago(30)).warnedForTheLastTime().plan();
		assertThat(plan.nextNotice()).isEqualTo(NoticeKind.FINAL);
		assertThat(plan.dueAt()).isEqualTo(ago(-7));
	}

	@Test
	void aLoweredNoticeMovesNoDayThatWasAnnounced() {
		KeyDecision plan = new TestCandidate().announced(ago(-12), ago(-9)).plan();
		assertThat(plan.closedGates()).isEqualTo("NOTICE");
		assertThat(plan.dueAt()).isEqualTo("2026-12-06T00:00:00Z");
		plan = new TestCandidate().announced(ago(-9), ago(-9)).warnedForTheLastTime().plan();
		assertThat(plan.nextNotice()).as("the last warning waits for its day too").isNull();
		assertThat(plan.dueAt()).isEqualTo("2026-12-03T00:00:00Z");
	}

	@Test
	void eachStageIsToldOnce() {
		assertThat(new TestCandidate().warned(ago(3)).warnedForTheLastTime().plan().nextNotice()).isNull();
		assertThat(new TestCandidate().warned(ago(10)).warnedForTheLastTime(ago(3)).plan().nextNotice()).isNull();
	}

	@Test
	void nobodyIsWarnedByWhatCannotBeReliedOn() {
		for (Gate gate : new Gate[] { Gate.FRESH, Gate.POLICY, Gate.EXEMPT }) {
			assertThat(new TestCandidate().warned().plan(Map.of(gate, "Closed.")).nextNotice()).isNull();
		}
		assertThat(new TestCandidate().warned().plan(Map.of(Gate.WINDOW, "Closed.")).nextNotice())
			.isEqualTo(NoticeKind.WARNING);
	}

	@Test
	void aKeyWhoseOwnerCannotBeToldIsNotInSight() {
		KeyDecision plan = new TestCandidate().warned().nobody("Nobody to write to.").plan();
		assertThat(plan.dueAt()).isNull();
		assertThat(plan.nextNotice()).isNull();
		assertThat(plan.detail()).isEqualTo("Nobody to write to.");
	}

	@Test
	void aKeySwitchedOnAgainStartsAtTheFirstWarning() {
		KeyDecision plan = new TestCandidate().disabled(ago(1)).plan();
		assertThat(plan.closedGates()).isEqualTo("REENABLED,NOTICE");
		assertThat(plan.nextNotice()).isEqualTo(NoticeKind.WARNING);
		assertThat(plan.dueAt()).isEqualTo(ago(-14));
	}

}
