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
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The governance database goes away in the middle of each step: the run ends with exit
 * code 1 and one line, and its next start comes to what an undisturbed night comes to.
 */
@ExtendWith(OutputCaptureExtension.class)
class GovernanceFaultsTests {

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
		night.register.set("spring.datasource.hikari.connection-timeout", "1000")
			.set("spring.datasource.hikari.validation-timeout", "500")
			.set("spring.datasource.hikari.data-source-properties.socketTimeout", "2");
	}

	static List<Arguments> cases() {
		return CampaignSize.some(Stream.of(Point.values())
			.flatMap((point) -> Arrays.stream(Fault.values()).map((fault) -> Arguments.of(point, fault)))
			.toList(), 2);
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("cases")
	void theNextStartFinishesWhatALostDatabaseInterrupted(Point point, Fault fault, CapturedOutput output)
			throws Exception {
		night.begin();
		interrupt(point, fault);
		assertThat(night.again()).as(night.register.err()).isEqualTo(complete(point, fault) ? 5 : 0);
		OperatorMessage.noStackTrace(output);
		night.isAsUndisturbed();
	}

	/** Every step and every fault, each start coming one step further. */
	@Test
	void aNightThatLosesItsDatabaseInEveryStepEndsLikeAnyOther(CapturedOutput output) throws Exception {
		List<Fault> faults = CampaignSize.some(List.of(Fault.values()), Fault.values().length);
		List<Point> points = Point.ofEachStep();
		int exit = 0;
		night.begin();
		for (int number = 0; number < points.size(); number++) {
			Point point = points.get(number);
			Fault fault = faults.get(number % faults.size());
			interrupt(point, fault);
			exit = complete(point, fault) ? 5 : 0;
		}
		assertThat(night.again()).as(night.register.err()).isEqualTo(exit);
		OperatorMessage.noStackTrace(output);
		night.isAsUndisturbed();
	}

	private static void interrupt(Point point, Fault fault) throws Exception {
		fault.lieInWait(night.governance, point.statements());
		int exit = night.again();
		assertThat(night.governance.sprung()).as(point + ", " + fault).isTrue();
		assertThat(exit).as(point + ", " + fault + ": " + night.register.err()).isEqualTo(1);
		OperatorMessage.oneLine(night.register.err())
			.containsAnyOf(" (localhost:" + night.governance.port() + "/",
					"the connection that held this run's lock was lost")
			.contains("start");
		night.governance.renew();
	}

	private static boolean complete(Point point, Fault fault) {
		return point == Point.CLOSE_RUN && fault.done();
	}

}
