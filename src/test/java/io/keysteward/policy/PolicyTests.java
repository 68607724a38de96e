package io.keysteward.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.keysteward.TestSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyTests {

	@ParameterizedTest
	@CsvSource({ "default,45d,90d", "cis,28d,42d", "pci,60d,87d", "relaxed,90d,180d" })
	void aPresetSetsEverything(String preset, String warn, String violation) {
		Policy policy = Policy.of(settings(preset, null));
		assertThat(policy.preset()).isEqualTo(preset);
		assertThat(policy.overrides()).isEmpty();
		assertThat(policy.base().settings()).containsEntry("idle.warn", warn)
			.containsEntry("idle.violation", violation)
			.containsEntry("uncertainty", "48h")
			.containsEntry("aged.warn", "365d")
			.containsEntry("orphaned.grace", "7d")
			.containsEntry("unnamed.min-length", "3")
			.containsEntry("unnamed.convention", "none")
			.containsEntry("unnamed.allowed-names", "")
			.containsEntry("projects.max-keys", "50")
			.hasSize(9);
	}

	@Test
	void nothingWrittenIsThePresetDefault() {
		Policy policy = Policy.of(TestSettings.of(PolicySettings.class));
		assertThat(policy.preset()).isEqualTo("default");
		assertThat(policy.base()).isEqualTo(Policy.of(settings("default", null)).base());
	}

	@Test
	void whatIsWrittenLiesOverThePreset() {
		Policy policy = Policy.of(new PolicySettings("cis", idle(20, null), Duration.ZERO,
				new PolicySettings.Aged(Duration.ofDays(90)), new PolicySettings.Orphaned(Duration.ofDays(1)),
				new PolicySettings.Unnamed(5, "prod-.*", List.of("s3", "ci")), new PolicySettings.Projects(10),
				List.of()));
		assertThat(policy.base()).isEqualTo(new Thresholds(Duration.ofDays(20), Duration.ofDays(42), Duration.ZERO,
				Duration.ofDays(90), Duration.ofDays(1), 5, new NameConvention("prod-.*"), List.of("s3", "ci"), 10));
	}

	@Test
	void anOverrideOfAProjectLiesOverThatOfItsSourceWhereverItIsWritten() {
		Policy policy = Policy.of(settings(null,
				List.of(override("keys", "quarter-end", idle(null, 200), null),
						override("keys", null, idle(60, 120), Duration.ofHours(1)),
						override("other", "p", idle(10, 20), null))));
		assertDays(policy.thresholds("keys", "quarter-end"), 60, 200);
		assertDays(policy.thresholds("keys", "p"), 60, 120);
		assertDays(policy.thresholds("keys", null), 60, 120);
		assertDays(policy.thresholds("other", "p"), 10, 20);
		assertDays(policy.thresholds("other", null), 45, 90);
		assertDays(policy.thresholds("third", "quarter-end"), 45, 90);
		assertDays(policy.base(), 45, 90);
		assertThat(policy.thresholds("keys", "quarter-end").uncertainty()).isEqualTo(Duration.ofHours(1));
		assertThat(policy.overrides()).hasSize(3);
	}

	@Test
	void anOverrideChangesEverySetting() {
		PolicySettings.Override all = new PolicySettings.Override("keys", null, idle(1, 2), Duration.ofHours(24),
				new PolicySettings.Aged(Duration.ofDays(3)), new PolicySettings.Orphaned(Duration.ofDays(4)),
				new PolicySettings.Unnamed(5, "x+", List.of("six")), new PolicySettings.Projects(7));
		assertThat(Policy.of(settings(null, List.of(all))).thresholds("keys", null))
			.isEqualTo(new Thresholds(Duration.ofDays(1), Duration.ofDays(2), Duration.ofHours(24), Duration.ofDays(3),
					Duration.ofDays(4), 5, new NameConvention("x+"), List.of("six"), 7));
	}

	@Test
	void anOverrideSwitchesAConventionOff() {
		PolicySettings.Override off = new PolicySettings.Override("keys", null, null, null, null, null,
				new PolicySettings.Unnamed(null, "", List.of()), null);
		Policy policy = Policy.of(new PolicySettings("default", null, null, null, null,
				new PolicySettings.Unnamed(null, "prod-.*", List.of("s3")), null, List.of(off)));
		assertThat(policy.thresholds("keys", null).nameConvention()).isNull();
		assertThat(policy.thresholds("keys", null).allowedNames()).isEmpty();
		assertThat(policy.base().nameConvention()).isEqualTo(new NameConvention("prod-.*"));
	}

	@Test
	void keysWithoutAnOverrideShareOneObject() {
		Policy policy = Policy.of(settings(null, List.of(override("keys", "p", idle(60, 120), null))));
		assertThat(policy.thresholds("keys", "q")).isSameAs(policy.thresholds("keys", null))
			.isSameAs(policy.thresholds("other", "p"))
			.isSameAs(policy.base());
		assertThat(policy.thresholds("keys", "p")).isSameAs(policy.thresholds("keys", "p"));
	}

	@Test
	void everyConfiguredSourceMayBeOverridden() {
		Policy.of(settings(null, List.of(override("keys", null, idle(60, 120), null))))
			.requireKnownSources(Set.of("keys", "other"));
	}

	private static void assertDays(Thresholds thresholds, int warn, int violation) {
		assertThat(thresholds.idleWarn()).isEqualTo(Duration.ofDays(warn));
		assertThat(thresholds.idleViolation()).isEqualTo(Duration.ofDays(violation));
	}

	private static PolicySettings settings(@Nullable String preset, @Nullable List<PolicySettings.Override> overrides) {
		return new PolicySettings((preset != null) ? preset : "default", null, null, null, null, null, null,
				(overrides != null) ? overrides : List.of());
	}

	private static PolicySettings.Override override(String source, @Nullable String project, PolicySettings.Idle idle,
			@Nullable Duration uncertainty) {
		return new PolicySettings.Override(source, project, idle, uncertainty, null, null, null, null);
	}

	private static PolicySettings.Idle idle(@Nullable Integer warn, @Nullable Integer violation) {
		return new PolicySettings.Idle((warn != null) ? Duration.ofDays(warn) : null,
				(violation != null) ? Duration.ofDays(violation) : null);
	}

}
