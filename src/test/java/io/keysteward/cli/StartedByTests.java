package io.keysteward.cli;

import java.util.Map;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who a run is recorded under.
 */
class StartedByTests {

	private static final Map<String, String> CRONJOB = Map.of("KEYSTEWARD_CRONJOB", "nightly");

	@ParameterizedTest
	@CsvSource({ "nightly-29401440, schedule, CronJob nightly", "nightly-29939640, schedule, CronJob nightly",
			"nightly-31000000, schedule, CronJob nightly", "by-hand-2026-11-28, manual, Job by-hand-2026-11-28",
			"nightly-1, manual, Job nightly-1", "nightly-20261128, manual, Job nightly-20261128",
			"nightly-29939640-again, manual, Job nightly-29939640-again", "nightly, manual, Job nightly" })
	void aJobThatAPersonMadeOfTheCronJobIsNotTheSchedules(String job, String trigger, String requestedBy) {
		assertThat(StartedBy.of(CRONJOB, "?", job)).isEqualTo(new StartedBy(trigger, requestedBy, false));
	}

	@Test
	void whoGivesANameIsRecordedUnderIt() {
		assertThat(StartedBy.of(Map.of("KEYSTEWARD_CRONJOB", "nightly", "KEYSTEWARD_REQUESTED_BY", "Ada Lind"), "?",
				"nightly-29939640"))
			.isEqualTo(new StartedBy("manual", "Ada Lind", true));
	}

	@Test
	void withoutACronJobItIsTheUserWhoAsks() {
		assertThat(StartedBy.of(Map.of(), "ada", null)).isEqualTo(new StartedBy("manual", "ada", true));
		assertThat(StartedBy.of(Map.of("KEYSTEWARD_TRIGGER", "schedule"), "ada", "x"))
			.isEqualTo(new StartedBy("schedule", "ada", true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<your name>", " <your name> ", "<>", "kubectl apply" })
	void whatStandsInForANameIsRefused(String placeholder) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> StartedBy.of(Map.of("KEYSTEWARD_REQUESTED_BY", placeholder), "ada", null))
			.matches((failure) -> failure.kind() == Failure.Kind.CONFIGURATION)
			.withMessage("KEYSTEWARD_REQUESTED_BY: '" + placeholder.strip()
					+ "' is not a person's name; write the name of who asks for this, such as jonas.weber@example.com");
	}

	@Test
	void anotherTriggerIsRefused() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> StartedBy.of(Map.of("KEYSTEWARD_TRIGGER", "cron"), "ada", null))
			.withMessage("KEYSTEWARD_TRIGGER: 'cron' is not allowed; it must be schedule or manual");
	}

	@Test
	void nobodyWithoutANameSwitchesKeysByHand() {
		StartedBy somebody = StartedBy.of(CRONJOB, "?", "by-hand-1");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> somebody.requireNamed("disabling"))
			.matches((failure) -> failure.kind() == Failure.Kind.CONFIGURATION)
			.withMessage("KEYSTEWARD_REQUESTED_BY: is not set, and disabling by hand is recorded under the name of a"
					+ " person; write the name of who asks for this, such as jonas.weber@example.com");
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> StartedBy.of(Map.of(), "?", null).requireNamed("restoring"));
		assertThat(StartedBy.of(CRONJOB, "?", "nightly-29939640").requireNamed("disabling").trigger())
			.isEqualTo("schedule");
	}

}
