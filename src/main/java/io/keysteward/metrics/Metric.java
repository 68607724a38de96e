package io.keysteward.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The metrics. Prometheus names have underscores, and the unit at the end:
 * {@code keysteward_run_duration_seconds}.
 */
enum Metric {

	LAST_RUN("keysteward.last.run.timestamp", "seconds", "When the last run ended"),

	LAST_RUN_EXIT_CODE("keysteward.last.run.exit.code", null, "The exit code of the last run; 143: stopped"),

	LAST_SUCCESS("keysteward.last.success.timestamp", "seconds", "When a run last ended with exit code 0"),

	RUN_DURATION("keysteward.run.duration", "seconds", "How long the last start of the run took"),

	SOURCE_FAILED("keysteward.source.failed", null, "1: the source was not read by the last run"),

	KEYS("keysteward.keys", null, "Keys that were read, by what became of them"),

	FLAGGED_KEYS("keysteward.flagged.keys", null, "Judged keys with at least one finding"),

	FINDINGS("keysteward.findings", null, "Open findings, exempt ones left out"),

	FINDING_CHANGES("keysteward.finding.changes", null, "Findings that the run opened, raised or resolved"),

	ACTIONS("keysteward.actions", null, "Keys by what came of disabling them"),

	HELD_KEYS("keysteward.held.keys", null, "Keys by the first gate that holds them"),

	RUN_HELD("keysteward.run.held", null, "1: the gate held the run, or a source of it, as a whole");

	private final String id;

	private final @Nullable String unit;

	private final String description;

	Metric(String id, @Nullable String unit, String description) {
		this.id = id;
		this.unit = unit;
		this.description = description;
	}

	String id() {
		return this.id;
	}

	@Nullable String unit() {
		return this.unit;
	}

	String description() {
		return this.description;
	}

}
