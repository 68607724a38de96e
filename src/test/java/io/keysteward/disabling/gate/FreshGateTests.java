package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.keysteward.disabling.PlannedRun;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.keysteward.disabling.gate.TestCandidate.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

class FreshGateTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration ALIVE = TestCandidate.POLICY.aliveWithin();

	private @Nullable Instant newestUse = AS_OF.minus(ALIVE);

	private Instant snapshotAt = AS_OF;

	private @Nullable Duration skew = Duration.ofMinutes(4);

	private long rows = 80;

	private long unknown = 16;

	private long goneBack = 3;

	private SourceFacts.@Nullable Before before = new SourceFacts.Before(100, 0);

	@Test
	void aSourceAtEveryLimitIsBelieved() {
		assertThat(closed()).isNull();
	}

	@Test
	void aSourceThatNothingHasUsedLatelyIsNot() {
		this.newestUse = AS_OF.minus(ALIVE).minus(SECOND);
		assertThat(closed()).startsWith("Source console shows no sign of life: its newest use is of");
	}

	@Test
	void aSourceThatKnowsOfNoUseIsNot() {
		this.newestUse = null;
		assertThat(closed()).contains("it knows of no use of any key");
	}

	@Test
	void aSourceThatLostMoreThanAFifthOfItsRowsIsNot() {
		this.rows = 79;
		assertThat(closed()).isEqualTo("Source console has 79 keys, and had 100 in the run before.");
	}

	@Test
	void aSourceThatKnowsOfUseMuchLessThanBeforeIsNot() {
		this.unknown = 17;
		assertThat(closed()).contains("does not know of the use of 17 of 80 keys; it was 0 of 100");
	}

	@Test
	void aSourceThatForgetsTheUsesOfMoreThanThreeKeysAndOneInAHundredIsNot() {
		this.goneBack = 4;
		assertThat(closed()).isEqualTo("Source console forgets uses: of 4 of 80 keys it shows an older last use than an"
				+ " earlier reading has seen, or none.");
		this.rows = 400;
		assertThat(closed()).isNull();
		this.rows = 399;
		assertThat(closed()).contains("of 4 of 399 keys");
	}

	@Test
	void nothingIsSaidOfSignsOfLifeByAnotherClock() {
		this.newestUse = AS_OF.minus(Duration.ofDays(60));
		this.skew = Duration.ofDays(-60);
		assertThat(closed()).contains("its clock differs by").doesNotContain("sign of life");
	}

	@Test
	void aSourceThatNeverKnewMuchIsBelieved() {
		this.unknown = 60;
		this.before = new SourceFacts.Before(100, 70);
		assertThat(closed()).isNull();
	}

	@Test
	void aSourceWhoseClockIsFiveMinutesOffIsNot() {
		this.skew = Duration.ofMinutes(-5);
		assertThat(closed()).contains("its clock differs by -300 seconds");
		this.skew = null;
		assertThat(closed()).contains("its clock differs by an unknown time");
	}

	@Test
	void anInventoryOfAnotherDayThanTheRunsIsNot() {
		this.snapshotAt = AS_OF.plus(Duration.ofHours(24)).plus(SECOND);
		assertThat(closed()).contains("more than a day from the run's as-of");
	}

	@Test
	void aSourceThatTheRunBeforeHasNotReadIsNot() {
		this.before = null;
		assertThat(closed()).contains("there is nothing to compare with");
	}

	private @Nullable String closed() {
		SourceFacts source = new SourceFacts("console", new DisableCapability(null, Duration.ZERO, Set.of()),
				this.snapshotAt, this.skew, this.rows, this.rows, this.unknown, this.goneBack, this.newestUse,
				this.before, null);
		return new FreshGate(TestCandidate.POLICY).closed(source,
				new PlannedRun(TestRun.withPolicy("abc"), "abc", false, AS_OF));
	}

}
