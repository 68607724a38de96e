package io.keysteward.faults;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
		night.register.set("keysteward.disable.alive-within", "48h");
	}

	@Test
	void aClockThatWasSetBackIsSaidAndNothingIsWritten() {
		clockIs(Duration.ofDays(-6));
		assertThat(night.run()).as(night.register.err()).isEqualTo(6);
		Said.oneLine(night.register.err())
			.contains("the clock of this machine looks set back: by it it is ")
			.contains("and run before-3 was judged as of ")
			.contains("2 days later")
			.contains("correct the clock, then start again")
			.doesNotContain("--as-of: ");
		assertThat(night.left().get("run")).isEmpty();
		clockIs(Duration.ZERO);
		assertThat(night.run()).as(night.register.err()).isZero();
	}

	@Test
	void anAsOfThatSomebodyGaveIsTheirs() {
		assertThat(night.register.execute("run", "--run-key=tonight", "--as-of=2020-01-01")).isEqualTo(2);
		Said.oneLine(night.register.err()).contains("--as-of: '2020-01-01T00:00:00Z' lies before the as-of of run");
	}

	@Test
	void aRunIsContinuedByItsOwnTimeAlthoughTheClockWasSetBack() throws IOException {
		night.mail().answering("GREETING", "421 down");
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		List<String> asOf = night.governance("SELECT as_of::text FROM keysteward.run WHERE run_key = 'tonight'");
		night.mail().answering("GREETING", "220 up");
		clockIs(Duration.ofDays(-10));
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(night.governance("SELECT as_of::text FROM keysteward.run WHERE run_key = 'tonight'"))
			.isEqualTo(asOf);
		assertThat(night.governance("SELECT finished_at > started_at FROM keysteward.run WHERE run_key = 'tonight'"))
			.containsExactly("t");
	}

	@Test
	void aClockSetBackBeforeAnythingIsDisabledHoldsAllOfIt() throws Exception {
		Point.TAKE_INVENTORY.on(night.governance, night.governance::cut);
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		night.governance.mend();
		clockIs(Duration.ofDays(-2));
		assertThat(night.again()).as(night.register.err()).isEqualTo(3);
		held("its clock differs by ");
	}

	@Test
	void aClockThatIsAheadByMinutesHoldsWhatIsDue() {
		clockIs(Duration.ofMinutes(6));
		assertThat(night.run()).as(night.register.err()).isEqualTo(3);
		held("its clock differs by -");
		assertThat(night.governance("""
				SELECT key_id || ' ' || closed_gates::text FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight' AND key_id LIKE 'dead%'""")).containsExactly("dead-1 {FRESH}",
				"dead-2 {FRESH}", "dead-3 {FRESH}");
	}

	@Test
	void aClockThatIsAheadByAMonthDisablesNothingOfASourceThatLooksAlive() {
		clockIs(Duration.ofDays(31));
		night.register.set("keysteward.disable.alive-within", "60d");
		assertThat(night.run("--accept-policy-change")).as(night.register.err()).isEqualTo(3);
		held("its clock differs by -");
	}

	@Test
	void whereEveryKeyLooksIdleTheSourceShowsNoSignOfLife() {
		clockIs(Duration.ofDays(31));
		assertThat(night.run()).as(night.register.err()).isEqualTo(3);
		held("shows no sign of life");
	}

	private static void held(String why) {
		Said.oneLine(night.register.err()).contains("disabling was held").contains(why);
		assertThat(night.left().get("keys")).hasSize(7).allMatch((key) -> key.endsWith(" active"));
		assertThat(night.left().get("switched")).isEmpty();
		assertThat(night.governance("""
				SELECT DISTINCT decision FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight'""")).containsExactly("HELD");
	}

	private static void clockIs(Duration ahead) {
		night.register.clock(Clock.offset(Clock.systemUTC(), ahead));
	}

}
