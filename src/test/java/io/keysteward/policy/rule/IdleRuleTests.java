package io.keysteward.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.TimeZone;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.RuleContext;
import io.keysteward.policy.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.keysteward.policy.TestKeys.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

class IdleRuleTests {

	private static final Duration GRANULARITY = Duration.ofMinutes(5);

	private static final SourceTraits SOURCE = TestKeys.source(GRANULARITY, null);

	/** Default uncertainty plus the source's granularity. */
	private static final Duration MARGIN = Duration.ofHours(48).plus(GRANULARITY);

	private static final Instant LONG_AGO = AS_OF.minus(Duration.ofDays(3000));

	private final TimeZone zone = TimeZone.getDefault();

	private final IdleRule rule = new IdleRule();

	@AfterEach
	void restoreZone() {
		TimeZone.setDefault(this.zone);
	}

	@ParameterizedTest
	@CsvSource({ "45,-1,false,false", "45,0,true,false", "45,1,true,false", "90,-1,true,false", "90,0,true,true",
			"90,1,true,true" })
	void theThresholdItselfCountsAndOneSecondLessDoesNot(int days, int seconds, boolean idle, boolean violation) {
		Duration unused = Duration.ofDays(days).plus(MARGIN).plusSeconds(seconds);
		assertJudged(TestKeys.used(LONG_AGO, AS_OF.minus(unused)), SOURCE, idle, violation);
		assertJudged(TestKeys.key(AS_OF.minus(unused), Usage.NEVER_USED), SOURCE, idle, violation);
		SourceTraits recording = TestKeys.source(GRANULARITY, AS_OF.minus(unused));
		assertJudged(TestKeys.key(LONG_AGO, Usage.NEVER_USED), recording, idle, violation);
		assertJudged(TestKeys.used(null, AS_OF.minus(unused)), SOURCE, idle, violation);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTC", "Asia/Tokyo", "America/St_Johns", "Europe/Berlin" })
	void neitherTheMachinesZoneNorDaylightSavingMovesTheThreshold(String zone) {
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		// Within the 47 days before these nights clocks change in St. John's and Berlin.
		for (String night : new String[] { "2026-03-29T02:30:00", "2026-04-20T02:30:00", "2026-10-25T02:30:00",
				"2026-11-23T02:30:00" }) {
			Instant asOf = ZonedDateTime.parse(night + "Z").withZoneSameLocal(ZoneId.of(zone)).toInstant();
			RuleContext terms = new RuleContext(asOf, Policy.of(TestSettings.of(PolicySettings.class)).base(), SOURCE);
			Instant atThreshold = asOf.minus(Duration.ofDays(45)).minus(MARGIN);
			assertThat(this.rule.judge(TestKeys.used(LONG_AGO, atThreshold), terms)).isPresent();
			assertThat(this.rule.judge(TestKeys.used(LONG_AGO, atThreshold.plusSeconds(1)), terms)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Tokyo", "America/St_Johns" })
	void theReasonsDateIsUtcWhateverTheMachinesZone(String zone) {
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		assertThat(TestKeys.reason(finding(TestKeys.used(LONG_AGO, Instant.parse("2026-08-18T23:59:59Z")))))
			.contains("2026-08-18");
		assertThat(TestKeys.reason(finding(TestKeys.used(LONG_AGO, Instant.parse("2026-08-18T00:00:00Z")))))
			.contains("2026-08-18");
	}

	@Test
	void aKeyUsedYesterdayAndCreatedTenYearsAgoIsNotIdle() {
		KeyRecord key = TestKeys.used(AS_OF.minus(Duration.ofDays(3650)), AS_OF.minus(Duration.ofDays(1)));
		assertThat(judge(key, SOURCE)).isEmpty();
	}

	@Test
	void unknownUseIsNeverIdle() {
		assertThat(judge(TestKeys.key(LONG_AGO, Usage.UNKNOWN), SOURCE)).isEmpty();
	}

	@Test
	void aNeverUsedKeyIsNotIdleOnItsFirstDay() {
		assertThat(judge(TestKeys.key(AS_OF.minusSeconds(3600), Usage.NEVER_USED), SOURCE)).isEmpty();
	}

	@Test
	void aNeverUsedKeyWithoutACreationTimeIsNotJudgedEvenIfRecordingBeganLongAgo() {
		SourceTraits recording = TestKeys.source(GRANULARITY, LONG_AGO);
		assertThat(judge(TestKeys.key(null, Usage.NEVER_USED), recording)).isEmpty();
	}

	@Test
	void aSourceThatDoesNotReturnTheLastUseIsNotJudged() {
		SourceTraits source = TestKeys.without(KeyColumn.LAST_USED_AT);
		assertThat(judge(TestKeys.key(LONG_AGO, Usage.NEVER_USED), source)).isEmpty();
	}

	@Test
	void theFindingSaysWhenItBecomesAViolation() {
		Instant used = Instant.parse("2026-09-30T12:00:00Z");
		assertThat(finding(TestKeys.used(LONG_AGO, used)).violationAt()).isEqualTo("2026-12-31T12:05:00Z");
	}

	@Test
	void theReasonOfAUsedKeyTellsItsLastUseAndTheThreshold() {
		assertThat(TestKeys.reason(finding(TestKeys.used(LONG_AGO, Instant.parse("2026-09-30T12:00:00Z"))))).isEqualTo(
				"Last used on 2026-09-30, 53 days ago; the warning threshold is 45 days plus 48h 5m of uncertainty.");
		assertThat(TestKeys.reason(finding(TestKeys.used(LONG_AGO, Instant.parse("2026-08-18T12:00:00Z"))))).isEqualTo(
				"Last used on 2026-08-18, 96 days ago; the violation threshold is 90 days plus 48h 5m of uncertainty.");
	}

	@Test
	void theReasonOfANeverUsedKeyTellsItsCreation() {
		Instant created = Instant.parse("2026-05-01T00:00:00Z");
		assertThat(TestKeys.reason(finding(TestKeys.key(created, Usage.NEVER_USED))))
			.startsWith("Never used since it was created on 2026-05-01, 206 days ago; the violation");
		assertThat(TestKeys.reason(finding(TestKeys.used(created, created.minusSeconds(60)))))
			.startsWith("Not used since it was created on 2026-05-01, 206 days ago;");
	}

	@Test
	void theReasonTellsSinceWhenUseIsRecordedWhereNothingElseIsKnown() {
		SourceTraits recording = TestKeys.source(Duration.ZERO, Instant.parse("2026-02-14T00:00:00Z"));
		assertThat(TestKeys.reason(judge(TestKeys.key(LONG_AGO, Usage.NEVER_USED), recording).orElseThrow()))
			.startsWith("No use seen since recording began on 2026-02-14, 282 days ago;");
	}

	private void assertJudged(KeyRecord key, SourceTraits source, boolean idle, boolean violation) {
		Optional<Finding> finding = judge(key, source);
		assertThat(finding.isPresent()).isEqualTo(idle);
		finding.ifPresent((found) -> assertThat(found.violation()).isEqualTo(violation));
	}

	private Finding finding(KeyRecord key) {
		return judge(key, SOURCE).orElseThrow();
	}

	private Optional<Finding> judge(KeyRecord key, SourceTraits source) {
		return this.rule.judge(key, TestKeys.terms(source));
	}

}
