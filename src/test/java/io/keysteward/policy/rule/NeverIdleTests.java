package io.keysteward.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.BiFunction;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no policy, no source and no zone may ever do. Set {@code keysteward.test.seed} to
 * repeat a failure.
 */
class NeverIdleTests {

	private static final int CASES = 5_000;

	private static final String[] ZONES = TimeZone.getAvailableIDs();

	private final long seed = Long.getLong("keysteward.test.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final TimeZone zone = TimeZone.getDefault();

	@AfterEach
	void restoreZone() {
		TimeZone.setDefault(this.zone);
	}

	@Test
	void aKeyUsedWithinItsThresholdIsNeverIdle() {
		assertNeverIdle((asOf, warn) -> TestKeys.used(created(asOf), asOf.minus(lessThan(warn))));
	}

	@Test
	void aKeyOfUnknownUseIsNeverIdle() {
		assertNeverIdle((asOf, warn) -> TestKeys.key(created(asOf), Usage.UNKNOWN));
	}

	@Test
	void aNeverUsedKeyYoungerThanItsThresholdIsNeverIdle() {
		assertNeverIdle((asOf, warn) -> TestKeys.key(asOf.minus(lessThan(warn)), Usage.NEVER_USED));
	}

	@Test
	void aNeverUsedKeyOfUnknownAgeIsNeverIdle() {
		assertNeverIdle((asOf, warn) -> TestKeys.key(null, Usage.NEVER_USED));
	}

	private void assertNeverIdle(BiFunction<Instant, Duration, KeyRecord> keys) {
		for (int i = 0; i < CASES; i++) {
			TimeZone.setDefault(TimeZone.getTimeZone(ZONES[this.random.nextInt(ZONES.length)]));
			Instant asOf = Instant.ofEpochSecond(this.random.nextLong(1_600_000_000L, 2_000_000_000L));
			Policy policy = policy();
			SourceTraits source = TestKeys.source(Duration.ofSeconds(this.random.nextInt(200_000)), knownSince(asOf));
			KeyRecord key = keys.apply(asOf, policy.base().idleWarn());
			Classification classified = new Classifier(List.of(new IdleRule()), policy, source, asOf, asOf,
					Exemptions.none(asOf))
				.classify(key);
			assertThat(classified.findings()).extracting(Finding::rule)
				.as("seed %d, case %d: %s, %s, %s", this.seed, i, policy.base(), source, key)
				.isEmpty();
		}
	}

	private Policy policy() {
		int warn = this.random.nextInt(1, 400);
		int violation = warn + this.random.nextInt(1, 400);
		return Policy.of(new PolicySettings("default",
				new PolicySettings.Idle(Duration.ofDays(warn), Duration.ofDays(violation)),
				Duration.ofMinutes(this.random.nextInt(10_000)), null, null, null, null, List.of()));
	}

	/** Ten years ago, or never recorded. */
	private @Nullable Instant created(Instant asOf) {
		return this.random.nextBoolean() ? asOf.minus(Duration.ofDays(3650)) : null;
	}

	private @Nullable Instant knownSince(Instant asOf) {
		return this.random.nextBoolean() ? asOf.minus(Duration.ofHours(this.random.nextInt(-100, 50_000))) : null;
	}

	/** Often by a single second, where mistakes are. */
	private Duration lessThan(Duration threshold) {
		return this.random.nextBoolean() ? threshold.minusSeconds(1)
				: Duration.ofSeconds(this.random.nextLong(threshold.toSeconds()));
	}

}
