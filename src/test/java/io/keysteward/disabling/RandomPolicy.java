package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A policy by chance, and what it says of each key by the plain words of the design.
 */
final class RandomPolicy {

	private static final Map<String, int[]> PRESETS = new TreeMap<>(Map.of("default", new int[] { 45, 90 }, "cis",
			new int[] { 28, 42 }, "pci", new int[] { 60, 87 }, "relaxed", new int[] { 90, 180 }));

	private final String preset;

	private final Map<String, int[]> thresholds = new TreeMap<>();

	private final Map<String, String> granularity = new TreeMap<>();

	private final Map<String, @Nullable LocalDate> knownSince = new TreeMap<>();

	final Duration uncertainty;

	final Duration grace;

	final Duration notice;

	final Duration finalNotice;

	/** Whether somebody has to decide to disable a key. */
	final boolean approval;

	final int maxKeys;

	final int maxPercent;

	RandomPolicy(Random random, LocalDate today) {
		this.preset = List.copyOf(PRESETS.keySet()).get(random.nextInt(4));
		this.uncertainty = Duration.ofDays(1 + random.nextInt(4));
		this.grace = Duration.ofDays(1 + random.nextInt(10));
		this.finalNotice = Duration.ofDays(1 + random.nextInt(7));
		this.notice = this.finalNotice.plusDays(1 + random.nextInt(10));
		this.approval = random.nextBoolean();
		boolean narrow = random.nextInt(4) == 0;
		this.maxKeys = narrow ? 3 : 1000;
		this.maxPercent = narrow ? 2 : 100;
		this.thresholds.put("", PRESETS.getOrDefault(this.preset, new int[2]));
		for (String source : List.of("alpha", "beta")) {
			this.granularity.put(source, List.of("PT5M", "PT1H", "P1D").get(random.nextInt(3)));
			this.knownSince.put(source, (random.nextInt(2) == 0) ? null : today.minusDays(random.nextInt(250)));
			if (random.nextBoolean()) {
				this.thresholds.put(source, someDays(random));
			}
			if (random.nextBoolean()) {
				this.thresholds.put(source + "/" + source + "-p1", someDays(random));
			}
		}
	}

	private static int[] someDays(Random random) {
		int warn = 6 + random.nextInt(60);
		return new int[] { warn, warn + 1 + random.nextInt(90) };
	}

	String granularity(String source) {
		return this.granularity.getOrDefault(source, "PT5M");
	}

	@Nullable String knownSince(String source) {
		LocalDate day = this.knownSince.get(source);
		return (day != null) ? day.toString() : null;
	}

	void configure(Nights nights) {
		nights.set("keysteward.policy.preset", this.preset)
			.set("keysteward.policy.uncertainty", this.uncertainty.toHours() + "h")
			.set("keysteward.policy.orphaned.grace", this.grace.toDays() + "d")
			.set("keysteward.disable.max-keys", String.valueOf(this.maxKeys))
			.set("keysteward.disable.max-percent", String.valueOf(this.maxPercent))
			.set("keysteward.disable.notice", this.notice.toDays() + "d")
			.set("keysteward.disable.final-notice", this.finalNotice.toDays() + "d")
			.set("keysteward.disable.max-gap", "30d")
			.set("keysteward.disable.approval", this.approval ? "required" : "none")
			.set("keysteward.disable.approval-valid", "8d");
		int index = 0;
		for (Map.Entry<String, int[]> entry : this.thresholds.entrySet()) {
			if (!entry.getKey().isEmpty()) {
				String override = "keysteward.policy.overrides[" + index++ + "].";
				String[] scope = entry.getKey().split("/");
				nights.set(override + "source", scope[0]);
				if (scope.length > 1) {
					nights.set(override + "project", scope[1]);
				}
				nights.set(override + "idle.warn", entry.getValue()[0] + "d")
					.set(override + "idle.violation", entry.getValue()[1] + "d");
			}
		}
	}

	Duration warn(KeyFacts key) {
		return Duration.ofDays(thresholds(key)[0]);
	}

	Duration violation(KeyFacts key) {
		return Duration.ofDays(thresholds(key)[1]);
	}

	private int[] thresholds(KeyFacts key) {
		String source = key.ref().source();
		int[] preset = this.thresholds.getOrDefault("", new int[2]);
		int[] own = this.thresholds.getOrDefault(source, preset);
		return this.thresholds.getOrDefault(source + "/" + key.project(), own);
	}

	/**
	 * {@return from when on the key is unused for sure}
	 */
	Instant unusedForSure(KeyFacts key) {
		Instant since = key.unusedSince();
		LocalDate day = this.knownSince.get(key.ref().source());
		if (day != null && day.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(since)) {
			since = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		return since.plus(Duration.parse(granularity(key.ref().source()))).plus(this.uncertainty);
	}

	boolean idle(KeyFacts key, Duration threshold, Instant asOf) {
		return !key.unknown() && !unusedForSure(key).plus(threshold).isAfter(asOf);
	}

}
