package io.keysteward.faults;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clock of the machine that runs the job is set back or forward: between two runs,
 * and between a run and its continuation.
 */
class ClockTests {

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
	}

	@BeforeEach
	void evening() throws IOException {
		night.begin();
	}

	@AfterEach
	void mended() {
		clockIs(Duration.ZERO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-P6D", "-PT6M", "PT6M", "P60D" })
	void byAClockThatDiffersFromTwoOthersNothingIsJudgedOrMailed(Duration ahead) throws IOException {
		clockIs(ahead);
		assertThat(night.run()).as(night.register.err()).isEqualTo(6);
		OperatorMessage.oneLine(night.register.err())
			.contains("the clock of this machine is wrong: by it it is ")
			.contains("by the governance database's ")
			.contains("by that of source 'console' ")
			.contains("nothing was judged or mailed: correct the clock, then start again")
			.contains("runs --set-aside=KEY --reason=TEXT");
		assertThat(night.left().get("run")).isEmpty();
		assertThat(night.left().get("switched")).isEmpty();
		clockIs(Duration.ZERO);
		assertThat(night.run()).as(night.register.err()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-PT4M", "PT4M" })
	void aClockThatIsFourMinutesOffDoesNoHarm(Duration ahead) {
		clockIs(ahead);
		assertThat(night.run()).as(night.register.err()).isZero();
	}

	@Test
	void checkSaysThatTheClockIsWrong() {
		clockIs(Duration.ofDays(60));
		assertThat(night.register.execute("check")).isEqualTo(6);
		assertThat(night.register.out()).containsPattern("FAIL +clock +the clock of this machine is wrong");
	}

	@Test
	void aRunThatWasJudgedByAClockThatWasAheadIsSetAsideAndTheNextFollowsTheOneBefore() {
		night.governance(
				"UPDATE keysteward.run SET as_of = as_of + interval '60 days' WHERE run_key = 'before-3' RETURNING 'done'");
		assertThat(night.run()).as(night.register.err()).isEqualTo(6);
		OperatorMessage.oneLine(night.register.err())
			.contains("the clock of this machine looks set back")
			.contains("set that run aside: runs --set-aside=before-3 --reason=TEXT");
		assertThat(night.register.execute("runs", "--set-aside=before-3", "--reason=the clock was ahead"))
			.as(night.register.err())
			.isZero();
		assertThat(night.run()).as(night.register.err()).isZero();
	}

	@Test
	void aRunThatWasOpenedByAClockThatWasAheadIsNotContinued() throws Exception {
		night.mail().answering("GREETING", "421 down");
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		night.mail().answering("GREETING", "220 up");
		night.governance(
				"UPDATE keysteward.run SET as_of = as_of + interval '60 days' WHERE run_key = 'tonight' RETURNING 'done'");
		assertThat(night.again()).as(night.register.err()).isEqualTo(6);
		OperatorMessage.oneLine(night.register.err())
			.contains("was opened by a clock that was ahead", "runs --set-aside=");
	}

	@Test
	void anAsOfThatSomebodyGaveIsTheirs() {
		assertThat(night.register.execute("run", "--run-key=tonight", "--as-of=2020-01-01")).isEqualTo(2);
		OperatorMessage.oneLine(night.register.err())
			.contains("--as-of: '2020-01-01T00:00:00Z' lies before the as-of of run");
	}

	@Test
	void aRunIsNotContinuedByAClockThatWasSetBack() throws IOException {
		night.mail().answering("GREETING", "421 down");
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		night.mail().answering("GREETING", "220 up");
		clockIs(Duration.ofDays(-10));
		assertThat(night.run()).as(night.register.err()).isEqualTo(6);
		OperatorMessage.oneLine(night.register.err()).contains("the clock of this machine is wrong");
		clockIs(Duration.ZERO);
		assertThat(night.run()).as(night.register.err()).isZero();
	}

	private static void clockIs(Duration ahead) {
		night.register.clock(Clock.offset(Clock.systemUTC(), ahead));
	}

}
