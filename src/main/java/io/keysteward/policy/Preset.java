package io.keysteward.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;

/**
 * A named set of settings to start from. Presets differ in the thresholds of
 * {@code IDLE}: those of {@code cis} and {@code pci} leave room for uncertainty and a
 * nightly run before the standards' deadlines of 45 and 90 days.
 */
enum Preset {

	/** Warns at CIS's 45 days, disables at the usual 90. */
	DEFAULT(45, 90),

	/** Acts before the 45 days of the CIS Controls. */
	CIS(28, 42),

	/** Acts before the 90 days of PCI DSS. */
	PCI(60, 87),

	/** For keys that are used once a quarter. */
	RELAXED(90, 180);

	private static final Duration UNCERTAINTY = Duration.ofHours(48);

	private static final Duration AGED_WARN = Duration.ofDays(365);

	private static final Duration ORPHANED_GRACE = Duration.ofDays(7);

	private static final int MIN_NAME_LENGTH = 3;

	private static final int MAX_KEYS_PER_PROJECT = 50;

	private final int idleWarnDays;

	private final int idleViolationDays;

	Preset(int idleWarnDays, int idleViolationDays) {
		this.idleWarnDays = idleWarnDays;
		this.idleViolationDays = idleViolationDays;
	}

	/**
	 * {@return the preset of this name}
	 * @param name as written in {@code keysteward.policy.preset}
	 */
	static Preset named(String name) {
		return Stream.of(values()).filter((preset) -> preset.label().equals(name)).findFirst().orElseThrow(() -> {
			List<String> allowed = Stream.of(values()).map(Preset::label).toList();
			return Failure.configuration("keysteward.policy.preset: '" + name + "' is not a preset: allowed are "
					+ String.join(", ", allowed) + "." + NearestWord.question(name, allowed));
		});
	}

	/**
	 * {@return the name in the configuration}
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * {@return its settings}
	 */
	Thresholds thresholds() {
		return new Thresholds(Duration.ofDays(this.idleWarnDays), Duration.ofDays(this.idleViolationDays), UNCERTAINTY,
				AGED_WARN, ORPHANED_GRACE, MIN_NAME_LENGTH, null, List.of(), MAX_KEYS_PER_PROJECT);
	}

}
