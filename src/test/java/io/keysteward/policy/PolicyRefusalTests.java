package io.keysteward.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.text.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is not allowed, written as users write it, and the whole line that they read.
 */
class PolicyRefusalTests {

	private static final String WHOLE_DAYS = "a threshold is a whole number of days (24 hours each) from 1 to 36500. "
			+ "Write it as '45d'.";

	@ParameterizedTest
	@CsvSource({ "idle.warn,-5d,-5d", "idle.warn,0d,0d", "idle.warn,36h,36h", "idle.warn,45,45ms",
			"idle.violation,90m,90m", "idle.violation,40000d,40000d", "aged.warn,1s,1s", "aged.warn,-365d,-365d",
			"orphaned.grace,0s,0d", "orphaned.grace,25h,25h" })
	void aThresholdIsAPositiveNumberOfWholeDays(String name, String written, String shown) {
		assertRefused("keysteward.policy." + name + ": '" + shown + "' is not allowed: " + WHOLE_DAYS, name, written);
		assertRefused("keysteward.policy.overrides[1]." + name + ": '" + shown + "' is not allowed: " + WHOLE_DAYS,
				"overrides[0].source", "a", "overrides[1].source", "b", "overrides[1]." + name, written);
	}

	@Test
	void theWarningComesBeforeTheViolation() {
		assertRefused(
				"keysteward.policy.idle.warn: '90d' is not allowed: it must be shorter than idle.violation, which is "
						+ "'90d' here. Lower it, or raise idle.violation.",
				"idle.warn", "90d");
		assertRefused(
				"keysteward.policy.idle.violation: '28d' is not allowed: it must be longer than idle.warn, which is "
						+ "'28d' here. Raise it, or lower idle.warn.",
				"preset", "cis", "idle.violation", "28d");
		assertRefused(
				"keysteward.policy.overrides[1].idle.violation: '60d' is not allowed: it must be longer than idle.warn, "
						+ "which is '70d' here. Raise it, or lower idle.warn.",
				"overrides[0].source", "a", "overrides[0].idle.warn", "70d", "overrides[1].source", "a",
				"overrides[1].project", "p", "overrides[1].idle.violation", "60d");
	}

	@Test
	void anUncertaintyIsNotNegative() {
		assertRefused(
				"keysteward.policy.uncertainty: '-1h' is not allowed: it says how far a source's times may be off, "
						+ "from 0 to 36500 days. Write it as '48h'.",
				"uncertainty", "-1h");
		assertThat(policy("uncertainty", "0s").base().uncertainty()).isZero();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			strict, ''
			csi,    ' Did you mean ''cis''?'
			CIS,    ' Did you mean ''cis''?'
			defualt,' Did you mean ''default''?'
			relax,  ' Did you mean ''relaxed''?'
			'',     ''
			""")
	void anUnknownPresetIsToldWhichThereAre(String written, String hint) {
		assertRefused("keysteward.policy.preset: '" + written
				+ "' is not a preset: allowed are default, cis, pci, relaxed." + hint, "preset", written);
	}

	@Test
	void aConventionIsAnRe2Pattern() {
		assertRefused(
				"keysteward.policy.unnamed.convention: '(prod' is not allowed: it is no RE2 pattern (missing closing "
						+ ")). Correct it; RE2 has neither look-around nor back-references.",
				"unnamed.convention", "(prod");
		assertRefused(
				"keysteward.policy.overrides[0].unnamed.convention: '(?=x)y' is not allowed: it is no RE2 pattern (invalid "
						+ "or unsupported Perl syntax). Correct it; RE2 has neither look-around nor back-references.",
				"overrides[0].source", "a", "overrides[0].unnamed.convention", "(?=x)y");
	}

	@Test
	void aNameHasAtLeastOneCharacterAndAProjectAtLeastOneKey() {
		assertRefused("keysteward.policy.unnamed.min-length: '0' is not allowed: the least is 1. "
				+ "Write 1 or more, or leave it out.", "unnamed.min-length", "0");
		assertRefused(
				"keysteward.policy.overrides[0].projects.max-keys: '-3' is not allowed: the least is 1. "
						+ "Write 1 or more, or leave it out.",
				"overrides[0].source", "a", "overrides[0].projects.max-keys", "-3");
	}

	@Test
	void anOverrideNamesItsSource() {
		String line = "keysteward.policy.overrides[1].source: '' is not allowed: an override is for one source. "
				+ "Write the source's id here.";
		assertRefused(line, "overrides[0].source", "a", "overrides[1].idle.warn", "10d");
		assertRefused(line, "overrides[0].source", "a", "overrides[1].source", " ");
	}

	@Test
	void aBlankProjectIsNotTheWholeSource() {
		assertRefused(
				"keysteward.policy.overrides[0].project: '' is not allowed: an override is for one project or for the "
						+ "whole source. Write the project's id, or leave the line out.",
				"overrides[0].source", "a", "overrides[0].project", "");
	}

	@Test
	void nothingIsOverriddenTwice() {
		assertRefused(
				"keysteward.policy.overrides[2].source: 'a' is overridden twice, first in "
						+ "keysteward.policy.overrides[0]. Write all its values in one of them.",
				"overrides[0].source", "a", "overrides[1].source", "b", "overrides[2].source", "a");
		assertRefused(
				"keysteward.policy.overrides[2].project: 'p' of source 'a' is overridden twice, first in "
						+ "keysteward.policy.overrides[1]. Write all its values in one of them.",
				"overrides[0].source", "a", "overrides[1].source", "a", "overrides[1].project", "p",
				"overrides[2].source", "a", "overrides[2].project", "p");
	}

	@Test
	void anOverrideOfASourceThatIsNotConfiguredIsRefused() {
		Policy policy = policy("overrides[0].source", "api-keys", "overrides[1].source", "gatewy");
		policy.requireKnownSources(Set.of("api-keys", "gatewy"));
		assertRefused(() -> policy.requireKnownSources(Set.of("api-keys", "gateway")),
				"keysteward.policy.overrides[1].source: 'gatewy' is not a configured source: allowed are api-keys, gateway. "
						+ "Did you mean 'gateway'?");
	}

	@Test
	void aThresholdIsNotShorterThanGranularityPlusUncertainty() {
		Policy policy = policy("idle.warn", "3d");
		policy.requireFits(TestKeys.source(Duration.ofHours(24), null));
		assertRefused(() -> policy.requireFits(TestKeys.source(Duration.ofHours(24).plusSeconds(1), null)),
				"keysteward.policy.idle.warn: '3d' is not allowed for source 'api-keys': it is shorter than the source's "
						+ "granularity '86401s' plus the uncertainty '2d'. Raise it to '4d' or more, or lower "
						+ "keysteward.policy.uncertainty.");
	}

	@Test
	void aProjectsThresholdMustFitItsSourceTooAndOthersNeedNot() {
		Policy policy = policy("overrides[0].source", "api-keys", "overrides[0].uncertainty", "5d",
				"overrides[1].source", "api-keys", "overrides[1].project", "p", "overrides[1].idle.warn", "5d",
				"overrides[2].source", "other", "overrides[2].idle.warn", "1d");
		policy.requireFits(TestKeys.source(Duration.ZERO, null));
		assertRefused(() -> policy.requireFits(TestKeys.source(Duration.ofMinutes(5), null)),
				"keysteward.policy.overrides[1].idle.warn: '5d' is not allowed for source 'api-keys': it is shorter than the "
						+ "source's granularity '5m' plus the uncertainty '5d'. Raise it to '6d' or more, or lower "
						+ "keysteward.policy.overrides[0].uncertainty.");
	}

	@Test
	void aPresetsThresholdIsNamedByItsProperty() {
		assertRefused(() -> policy("preset", "cis").requireFits(TestKeys.source(Duration.ofDays(30), null)),
				"keysteward.policy.idle.warn: '28d' is not allowed for source 'api-keys': it is shorter than the source's "
						+ "granularity '30d' plus the uncertainty '2d'. Raise it to '32d' or more, or lower "
						+ "keysteward.policy.uncertainty.");
	}

	private static void assertRefused(String line, String... written) {
		assertRefused(() -> policy(written), line);
	}

	private static void assertRefused(ThrowingCallable attempt, String line) {
		assertThatExceptionOfType(Failure.class).isThrownBy(attempt).satisfies((failure) -> {
			assertThat(failure.line()).isEqualTo(line);
			assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
		});
	}

	/** Bound as the application binds it. */
	private static Policy policy(String... written) {
		Map<String, String> properties = new TreeMap<>();
		List<String> words = new ArrayList<>(List.of(written));
		while (!words.isEmpty()) {
			properties.put("keysteward.policy." + words.remove(0), words.remove(0));
		}
		return Policy.of(new Binder(new MapConfigurationPropertySource(properties))
			.bind("keysteward.policy", PolicySettings.class)
			.get());
	}

}
