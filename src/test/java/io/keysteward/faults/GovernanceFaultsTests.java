package io.keysteward.faults;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.endurance.Form;
import org.junit.jupiter.api.BeforeAll;
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
		return Form.some(Stream.of(Point.values())
			.flatMap((point) -> Arrays.stream(Fault.values()).map((fault) -> Arguments.of(point, fault)))
			.toList(), 8);
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("cases")
	void theNextStartFinishesWhatALostDatabaseInterrupted(Point point, Fault fault, CapturedOutput output)
			throws Exception {
		night.begin();
		fault.lieInWait(night.governance, point.statements());
		int exit = night.run();
		assertThat(night.governance.sprung()).isTrue();
		assertThat(exit).isEqualTo(1);
		Said.oneLine(night.register.err())
			.containsAnyOf(" (localhost:" + night.governance.port() + "/",
					"the connection that held this run's lock was lost")
			.contains("start");
		Said.noStackTrace(output);
		night.governance.renew();
		boolean complete = point == Point.CLOSE_RUN && fault.done();
		assertThat(night.again()).as(night.register.err()).isEqualTo(complete ? 5 : 0);
		Said.noStackTrace(output);
		night.isAsUndisturbed(point.outcome(fault.done()));
	}

}
