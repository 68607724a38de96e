package io.keysteward.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;

import io.keysteward.key.Usage;
import io.keysteward.policy.Finding;
import io.keysteward.policy.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.keysteward.policy.TestKeys.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

class AgedRuleTests {

	private final AgedRule rule = new AgedRule();

	@ParameterizedTest
	@CsvSource({ "-1,false,UTC", "0,true,UTC", "1,true,UTC", "-1,false,Asia/Tokyo", "0,true,Asia/Tokyo",
			"-1,false,America/St_Johns", "0,true,America/St_Johns" })
	void theThresholdItselfCountsAndOneSecondLessDoesNot(int seconds, boolean aged, String zone) {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			Instant created = AS_OF.minus(Duration.ofDays(365)).minusSeconds(seconds);
			assertThat(this.rule.judge(TestKeys.used(created, AS_OF), TestKeys.terms(TestKeys.SOURCE)).isPresent())
				.isEqualTo(aged);
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void aKeyWithoutACreationTimeIsNotJudged() {
		assertThat(this.rule.judge(TestKeys.used(null, AS_OF), TestKeys.terms(TestKeys.SOURCE))).isEmpty();
	}

	@Test
	void itIsOnlyEverAWarningAndSaysTheNumbers() {
		Instant created = Instant.parse("2020-01-01T00:00:00Z");
		assertThat(this.rule.judge(TestKeys.key(created, Usage.UNKNOWN), TestKeys.terms(TestKeys.SOURCE)))
			.hasValueSatisfying((finding) -> assertThat(TestKeys.reason(finding))
				.isEqualTo("Created on 2020-01-01, 2518 days ago; rotation is due after 365 days."))
			.contains(new Finding("AGED", false, "Created on 2020-01-01, {ago}; rotation is due after 365 days.",
					created, null, null));
	}

}
