package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.PlannedRun;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.disabling.SourceGate;
import io.keysteward.run.Gate;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code FRESH}: the source is in use, has about as many rows and known uses as in the
 * run before, has lost no uses, and its clock agrees with ours.
 */
@Component
final class FreshGate implements SourceGate {

	private static final Duration MOST_SKEW = Duration.ofMinutes(5);

	private static final Duration OLDEST_SNAPSHOT = Duration.ofHours(24);

	private static final int LEAST_ROWS_PERCENT = 80;

	private static final int MOST_POINTS = 20;

	/**
	 * So few may be corrections by hand; more than one in a hundred are not.
	 */
	private static final int MOST_GONE_BACK = 3;

	private final Duration aliveWithin;

	FreshGate(DisablePolicy policy) {
		this.aliveWithin = policy.aliveWithin();
	}

	@Override
	public Gate gate() {
		return Gate.FRESH;
	}

	@Override
	public boolean ofOneSource() {
		return true;
	}

	@Override
	public @Nullable String closed(SourceFacts source, PlannedRun run) {
		if (!source.disabling().reversible()) {
			// The gate KIND holds this source's keys already.
			return null;
		}
		String stale = stale(source, run.run().asOf());
		if (stale != null) {
			return "Source " + source.source() + " " + stale + ".";
		}
		String changed = changed(source);
		return (changed != null) ? "Source " + source.source() + " " + changed + "." : null;
	}

	private @Nullable String stale(SourceFacts source, Instant asOf) {
		if (source.skew() == null || source.skew().abs().compareTo(MOST_SKEW) >= 0) {
			return "has another time than we have: its clock differs by "
					+ ((source.skew() != null) ? Plural.of(source.skew().toSeconds(), "second") : "an unknown time");
		}
		if (source.goneBack() > MOST_GONE_BACK && source.goneBack() * 100 > source.rows()) {
			return "forgets uses: of " + source.goneBack() + " of " + source.rows()
					+ " keys it shows an older last use than an earlier reading has seen, or none";
		}
		Instant newest = source.newestUse();
		if (newest == null) {
			return "shows no sign of life: it knows of no use of any key";
		}
		if (newest.isBefore(asOf.minus(this.aliveWithin))) {
			return "shows no sign of life: its newest use is of " + newest;
		}
		if (Duration.between(asOf, source.snapshotAt()).abs().compareTo(OLDEST_SNAPSHOT) > 0) {
			return "was read at " + source.snapshotAt() + ", more than a day from the run's as-of";
		}
		return null;
	}

	private static @Nullable String changed(SourceFacts source) {
		SourceFacts.Before before = source.before();
		if (before == null) {
			return "was not read by a run before this one: there is nothing to compare with";
		}
		if (source.rows() * 100 < before.rows() * LEAST_ROWS_PERCENT) {
			return "has " + Plural.of(source.rows(), "key") + ", and had " + before.rows() + " in the run before";
		}
		// In percentage points, without a division.
		long now = source.unknownKeys() * 100 * Math.max(1, before.rows());
		long then = before.unknownKeys() * 100 * Math.max(1, source.rows());
		if (now - then > MOST_POINTS * Math.max(1, source.rows()) * Math.max(1, before.rows())) {
			return "does not know of the use of " + source.unknownKeys() + " of " + Plural.of(source.rows(), "key")
					+ "; it was " + before.unknownKeys() + " of " + before.rows() + " in the run before";
		}
		return null;
	}

}
