package io.keysteward.faults;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.endurance.CampaignSize;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database of a source goes away in the middle of what is asked of it, or while it is
 * asked nothing.
 */
@ExtendWith(OutputCaptureExtension.class)
class SourceLostTests {

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
		String url = "keysteward.sources[0].datasource.url";
		night.register.set("keysteward.sources[0].statement-timeout", "4s")
			.set(url, night.register.properties().get(url) + "&socketTimeout=3");
	}

	/** What the source is asked when it goes away. */
	private enum Asked {

		FITS("to_regclass('api_key')"), KEYS("to_regclass('api_key')", "FROM api_key k", "FROM api_key k");

		private final String[] statements;

		Asked(String... statements) {
			this.statements = statements;
		}

	}

	static List<Arguments> questions() {
		return CampaignSize.some(Stream.of(Asked.values())
			.flatMap((asked) -> Arrays.stream(Fault.values()).map((fault) -> Arguments.of(asked, fault)))
			.toList(), 1);
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("questions")
	void aSourceThatIsLostWhileItIsReadIsReadByTheNextStart(Asked asked, Fault fault, CapturedOutput output)
			throws Exception {
		night.begin();
		interrupt(asked, fault);
		assertThat(night.again()).as(night.register.err()).isZero();
		OperatorMessage.noStackTrace(output);
		night.isAsUndisturbed();
	}

	/** Every question and every fault. */
	@Test
	void aSourceThatIsLostAgainAndAgainIsReadInTheEnd(CapturedOutput output) throws Exception {
		night.begin();
		for (Fault fault : Fault.values()) {
			interrupt(Asked.values()[fault.ordinal() % Asked.values().length], fault);
		}
		assertThat(night.again()).as(night.register.err()).isZero();
		OperatorMessage.noStackTrace(output);
		night.isAsUndisturbed();
	}

	private static void interrupt(Asked asked, Fault fault) throws Exception {
		fault.lieInWait(night.source, asked.statements);
		assertThat(night.again()).as(asked + ", " + fault + ": " + night.register.err()).isEqualTo(1);
		assertThat(night.source.sprung()).as(asked + ", " + fault).isTrue();
		OperatorMessage.oneLine(night.register.err()).contains("source 'console': ").contains("start the run again");
		night.source.renew();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@EnumSource(names = { "CUT", "ONE_ANSWER_LOST", "GONE" })
	void aKeyWhoseSourceIsLostIsLeftAloneAndTriedAgainByTheNextStart(Fault fault, CapturedOutput output)
			throws Exception {
		night.begin();
		fault.lieInWait(night.source, "EXPLAIN", "ROLLBACK TO", "UPDATE api_key");
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		assertThat(night.source.sprung()).isTrue();
		OperatorMessage.noStackTrace(output);
		List<String> others = (fault == Fault.GONE) ? List.of("", "") : List.of("DISABLED", "DISABLED");
		outcomes("", others.get(0), others.get(1));
		assertThat(night.governance("SELECT detail FROM keysteward.key_action WHERE failure = 'MAY_PASS'"))
			.hasSize((fault == Fault.GONE) ? 3 : 1)
			.allMatch((detail) -> detail.startsWith("source 'console': ") && !detail.contains(Night.PASSWORD));
		night.source.renew();
		assertThat(night.again()).as(night.register.err()).isZero();
		outcomes("DISABLED", "DISABLED", "DISABLED");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "CUT, 1, 1 of 3 due keys could not be disabled yet: It was not done", "ANSWER_LOST, 0, ",
			"GONE, 1, what came of 1 key to be disabled" })
	void whatWasNotConfirmedIsAskedOfTheSource(Fault fault, int exit, String line, CapturedOutput output)
			throws Exception {
		night.begin();
		fault.lieInWait(night.source, "EXPLAIN", "ROLLBACK TO", "UPDATE api_key", "COMMIT");
		assertThat(night.run()).as(night.register.err()).isEqualTo(exit);
		assertThat(night.source.sprung()).isTrue();
		night.source.renew();
		if (exit == 0) {
			night.isAsUndisturbed();
		}
		else {
			OperatorMessage.oneLine(night.register.err()).contains(line);
			assertThat(night.again()).as(night.register.err()).isZero();
			outcomes("DISABLED", "DISABLED", "DISABLED");
		}
		OperatorMessage.noStackTrace(output);
	}

	static List<Point> stepsThatAskNothing() {
		return CampaignSize.some(List.of(Point.PLAN_DISABLING, Point.SEND_NOTICES_QUEUED, Point.WRITE_REPORT,
				Point.SEND_REPORT, Point.CLOSE_RUN), 1);
	}

	@ParameterizedTest
	@MethodSource("stepsThatAskNothing")
	void aSourceIsNeededOnlyWhileItIsAsked(Point point) throws Exception {
		night.begin();
		boolean disables = point.ordinal() < Point.DISABLE_KEYS_INTENT.ordinal();
		point.on(night.governance, night.source::refuse);
		assertThat(night.run()).as(night.register.err()).isEqualTo(disables ? 1 : 0);
		assertThat(night.governance.sprung()).isTrue();
		if (disables) {
			outcomes("", "", "");
		}
		else {
			night.isAsUndisturbed();
		}
	}

	@Test
	void aSourceThatIsLostBeforeItIsRehearsedDisablesNobodyAndTheReportIsWritten() throws Exception {
		night.begin();
		Point.RECONCILE_FINDINGS.on(night.governance, night.source::refuse);
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(night.governance("""
				SELECT concat_ws(' ', key_id, held_by) FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight' AND key_id LIKE 'dead-%'""")).containsExactlyInAnyOrder("dead-1 KIND",
				"dead-2 KIND", "dead-3 KIND");
		assertThat(night.left().get("keys")).contains("dead-1 active", "dead-2 active", "dead-3 active");
	}

	private static void outcomes(String first, String second, String third) {
		assertThat(night.governance("""
				SELECT concat_ws(' ', key_id, outcome) FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight' AND decision = 'DUE'""")).containsExactly(("dead-1 " + first).strip(),
				("dead-2 " + second).strip(), ("dead-3 " + third).strip());
		for (int key = 1; key <= 3; key++) {
			boolean disabled = List.of(first, second, third).get(key - 1).equals("DISABLED");
			assertThat(night.left().get("keys")).contains("dead-" + key + (disabled ? " disabled" : " active"));
		}
		assertThat(night.left().get("switched")).doesNotHaveDuplicates();
	}

}
