package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.AS_OF;
import static io.keysteward.disabling.gate.TestCandidate.ago;
import static io.keysteward.disabling.gate.TestCandidate.open;
import static org.assertj.core.api.Assertions.assertThat;

class NoticeGateTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final String NONE_COUNTS = "No warning from before this run counts any more.";

	private final NoticeGate gate = new NoticeGate();

	@Test
	void aKeyWhoseOwnerWasWarnedTwiceLongEnoughAgoPasses() {
		assertThat(new TestCandidate().warned(ago(14)).warnedForTheLastTime(ago(7)).closed(this.gate)).isNull();
	}

	@Test
	void aSecondTooShortIsHeld() {
		assertThat(new TestCandidate().warned(ago(14).plus(SECOND)).closed(this.gate))
			.isEqualTo("Its owner was warned on 2026-11-10 02:00 UTC, less than 14 days before this run.");
		assertThat(new TestCandidate().warnedForTheLastTime(ago(7).plus(SECOND)).closed(this.gate))
			.isEqualTo("Its owner had the last warning on 2026-11-17 02:00 UTC, less than 7 days before this run.");
	}

	@Test
	void whoWasNeverWarnedHadNotBeenBeforeThisRun() {
		assertThat(new TestCandidate().warned().closed(this.gate))
			.isEqualTo("Its owner had not been warned before this run.");
	}

	@Test
	void withoutTheLastWarningItIsHeld() {
		assertThat(new TestCandidate().warnedForTheLastTime().closed(this.gate))
			.isEqualTo("Its owner was warned on 2026-11-04, and had not had the last warning before this run.");
	}

	@Test
	void aLastWarningFromBeforeTheWarningBelongsToAnotherRound() {
		assertThat(new TestCandidate().warned(ago(20)).warnedForTheLastTime(ago(21)).closed(this.gate)).isNotNull();
	}

	@Test
	void aWarningThatIsTooOldIsNone() {
		assertThat(new TestCandidate().idle(open(true, 90, 90, -50)).warned(ago(45)).closed(this.gate)).isNull();
		assertThat(new TestCandidate().idle(open(true, 90, 90, -50)).warned(ago(45).minus(SECOND)).closed(this.gate))
			.isEqualTo(NONE_COUNTS);
	}

	@Test
	void aWarningFromBeforeTheFindingWasAboutSomethingElse() {
		assertThat(new TestCandidate().idle(open(true, 19, 19, -10)).closed(this.gate)).isEqualTo(NONE_COUNTS);
	}

	@Test
	void aWarningFromBeforeALongPauseOfTheJobIsNone() {
		assertThat(new TestCandidate().resumed(ago(20)).closed(this.gate)).isNull();
		assertThat(new TestCandidate().resumed(ago(19)).closed(this.gate)).isEqualTo(NONE_COUNTS);
	}

	@Test
	void aWarningFromBeforeItWasDisabledOrRestoredIsNone() {
		assertThat(new TestCandidate().disabled(ago(15)).closed(this.gate)).isEqualTo(NONE_COUNTS);
	}

	@Test
	void ofTwoWarningsTheLastOneCounts() {
		Instant yesterday = ago(1);
		assertThat(new TestCandidate().warned(ago(20), yesterday).closed(this.gate))
			.isEqualTo("Its owner was warned on 2026-11-23 02:00 UTC, less than 14 days before this run.");
	}

	@Test
	void whereNobodyCanBeToldItIsHeldAndSaysSo() {
		assertThat(new TestCandidate().warned().nobody("Nobody to write to.").closed(this.gate))
			.isEqualTo("Nobody to write to.");
		// Whatever was sent when there still was somebody, or a mail server.
		assertThat(new TestCandidate().nobody("Nobody to write to.").closed(this.gate))
			.isEqualTo("Nobody to write to.");
	}

	@Test
	void nothingHappensBeforeADayThatAnOwnerWasTold() {
		Instant tomorrow = AS_OF.plus(Duration.ofDays(1));
		String reason = "Its owner was told that nothing happens before 2026-11-25.";
		assertThat(new TestCandidate().announced(ago(6), tomorrow).closed(this.gate)).isEqualTo(reason);
		assertThat(new TestCandidate().announced(tomorrow, ago(6)).closed(this.gate)).isEqualTo(reason);
		// A mail names a day, and that day has begun.
		assertThat(new TestCandidate().announced(ago(6), AS_OF.plus(Duration.ofHours(21))).closed(this.gate)).isNull();
	}

	@Test
	void whoWouldBeToldNowMustHaveBeenTold() {
		assertThat(new TestCandidate().wouldTell("ADA@example.com").closed(this.gate)).isNull();
		assertThat(new TestCandidate().wouldTell("bo@example.com", "grace@example.com").closed(this.gate)).isNull();
		assertThat(new TestCandidate().wouldTell("bo@example.com").closed(this.gate)).isEqualTo(NONE_COUNTS);
		assertThat(new TestCandidate().wouldTell().closed(this.gate)).isEqualTo(NONE_COUNTS);
	}

	@Test
	void theAsOfIsWhatTimeIsCountedTo() {
		assertThat(AS_OF).isEqualTo("2026-11-24T02:00:00Z");
	}

}
