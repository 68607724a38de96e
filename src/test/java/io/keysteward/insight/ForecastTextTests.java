package io.keysteward.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.keysteward.key.KeyId;
import io.keysteward.run.Gate;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunOrigin;
import io.keysteward.run.RunPolicy;
import io.keysteward.run.RunScope;
import io.keysteward.run.RunState;
import io.keysteward.run.RunStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first sentence of a forecast is what somebody decides by.
 */
class ForecastTextTests {

	private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);

	private static final Run RUN = new Run(1, "r", Instant.EPOCH, new RunOrigin(RunMode.REPORT, "manual", "me"),
			new RunScope(List.of("console"), List.of(), false),
			new RunPolicy("0", new PolicyDocument("default", Map.of(), List.of(), List.of(), "1", List.of()), null),
			null, new RunState(RunStatus.COMPLETE, Instant.EPOCH, null, null), null, List.of());

	private final List<ForecastNight> nights = new ArrayList<>();

	@Test
	void keysThatAreDisabledAreCountedWithTheirFirstAndTheirFullestNight() {
		night(0, 0);
		night(2, 0);
		night(5, 0);
		night(5, 0);
		assertThat(verdict()).isEqualTo("12 keys would be disabled in the 4 nights from 2026-12-01 to 2026-12-04, the"
				+ " first on 2026-12-02, the most on 2026-12-03 (5).");
	}

	@Test
	void aBacklogIsTheVerdictWhereNothingIsDisabledForIt() {
		night(0, 0);
		night(0, 30, new RunHold(Gate.BREAKER, "", "30 keys are due."));
		night(0, 31, new RunHold(Gate.BREAKER, "", "31 keys are due."));
		assertThat(verdict()).isEqualTo("NO KEY WOULD BE DISABLED in the 3 nights from 2026-12-01 to 2026-12-03: on the"
				+ " last night 31 keys are due, more than one night may disable, and so none is; it is so on 2 nights,"
				+ " and no night clears it (BREAKER).");
		assertThat(text().holds())
			.containsExactly("BREAKER is closed on 2 nights, 2026-12-02 to 2026-12-03: 31 keys are due.");
	}

	@Test
	void aBacklogOfOneKeyIsTold() {
		night(0, 1, new RunHold(Gate.BREAKER, "", "1 key is due."));
		assertThat(verdict())
			.isEqualTo("NO KEY WOULD BE DISABLED in the night of 2026-12-01: on the last night 1 key is"
					+ " due, more than one night may disable, and so none is; it is so on 1 night, and no night clears it"
					+ " (BREAKER).");
	}

	@Test
	void aBacklogThatIsClearedIsNoVerdict() {
		night(0, 30, new RunHold(Gate.BREAKER, "", "30 keys are due."));
		night(4, 0);
		assertThat(verdict()).startsWith("4 keys would be disabled").endsWith("the most on 2026-12-02 (4).");
	}

	@Test
	void warningsThatAreHeldEveryNightAreTheVerdict() {
		night(0, 0, new RunHold(Gate.WARNINGS, "", "70 owners would be warned."));
		night(0, 0, new RunHold(Gate.WARNINGS, "", "71 owners would be warned."));
		assertThat(verdict())
			.isEqualTo("NOBODY WOULD BE WARNED, AND NO KEY DISABLED, in the 2 nights from 2026-12-01 to"
					+ " 2026-12-02: on 2 of them more would be warned at once than keysteward.notices allows, and no night"
					+ " clears that.");
	}

	@Test
	void nothingToDoIsSaidPlainly() {
		night(0, 0);
		assertThat(verdict())
			.isEqualTo("No key would be disabled in the night of 2026-12-01: none is idle or orphaned.");
	}

	private void night(int disabled, long overBound, RunHold... holds) {
		LocalDate day = FIRST.plusDays(this.nights.size());
		List<ForecastStep> steps = IntStream.range(0, disabled)
			.mapToObj((number) -> new ForecastStep(day, ForecastStep.Kind.DISABLED, new KeyId("console", "k" + number),
					"ada@example.com"))
			.toList();
		Instant asOf = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		this.nights.add(new ForecastNight(day, asOf, steps, 0, overBound, List.of(holds)));
	}

	private String verdict() {
		return text().verdict();
	}

	private ForecastText text() {
		return new ForecastText(new Forecast(RUN, Instant.EPOCH, "me", FIRST, List.of(), this.nights, List.of()));
	}

}
