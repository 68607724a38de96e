package io.keysteward.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.inventory.InventoryWriter;
import io.keysteward.inventory.Readings;
import io.keysteward.inventory.Readings.Begun;
import io.keysteward.inventory.SourceReading;
import io.keysteward.inventory.SourceReading.Changes;
import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.run.Run;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Opens a source for a run's inventory: reads it in one snapshot, and classifies its keys
 * ahead of the transaction that writes them.
 */
@Component
class SourceOpener {

	private static final int BLOCK = 1000;

	/** By how much clocks may differ. */
	private static final Duration SKEW = Duration.ofMinutes(5);

	/** Enough for the thread that compares them never to wait long. */
	private static final int BLOCKS_READ = 4;

	/** Enough for the next transaction while one is being written; some 300 kB each. */
	private static final int BLOCKS_AHEAD = 10;

	private final Policy policy;

	private final List<Rule> rules;

	private final Readings readings;

	private final DataSource governance;

	private final Clock clock;

	SourceOpener(Policy policy, List<Rule> rules, Readings readings, DataSource governance, Clock clock) {
		this.policy = policy;
		this.rules = rules;
		this.readings = readings;
		this.governance = governance;
		this.clock = clock;
	}

	/**
	 * {@return the source, where the run expects it}
	 * @param lastCount how many keys the last run read
	 */
	OpenSource open(Run run, KeySource source, RunAttempt attempt, long lastCount) {
		// What takes long comes before the source is asked to keep a snapshot.
		Begun begun = this.readings.begin(run, source.id());
		KeySnapshot snapshot = source.open(Set.copyOf(run.projects()));
		requireSamePlace(run, source, snapshot);
		Instant now = this.clock.instant();
		Instant read = snapshot.snapshotAt();
		Classifier classifier = new Classifier(this.rules, this.policy, snapshot.traits(), run.asOf(), read,
				attempt.exemptions());
		SourceReading compared = begun.compare(snapshot.traits(), source.definitionFile(),
				(read.isAfter(run.asOf()) ? read : run.asOf()).plus(SKEW),
				(read.isBefore(now) ? read : now).plus(SKEW));
		String thread = Thread.currentThread().getName();
		ReadAhead<List<KeyRecord>> keys = new ReadAhead<>(thread + "-read", BLOCKS_READ, () -> next(snapshot));
		Blocks blocks = new Blocks(keys, classifier, compared, attempt.coverage());
		return new OpenSource(run, snapshot, Duration.between(now, snapshot.sourceNow()), keys,
				new ReadAhead<>(thread + "-ahead", BLOCKS_AHEAD, blocks::next),
				new InventoryWriter(this.governance, begun.reading()), compared, lastCount);
	}

	private static @Nullable List<KeyRecord> next(KeySnapshot snapshot) {
		List<KeyRecord> keys = snapshot.next(BLOCK);
		return keys.isEmpty() ? null : keys;
	}

	/** Others' keys would be judged by what is known of these. */
	private static void requireSamePlace(Run run, KeySource source, KeySnapshot snapshot) {
		Set<String> opened = run.policy().places(source.id());
		if (!opened.contains(snapshot.place().text())) {
			snapshot.close();
			throw Failure.retry("source '" + source.id() + "' has moved since the run was opened: "
					+ snapshot.place().text() + "; it was " + String.join("", opened) + "; start the run again", null);
		}
	}

	/**
	 * Compares blocks of a source's keys, on a thread of its own.
	 */
	private record Blocks(ReadAhead<List<KeyRecord>> keys, Classifier classifier, SourceReading reading,
			Coverage coverage) {

		@Nullable Changes next() {
			List<KeyRecord> keys = this.keys.next();
			if (keys == null) {
				return null;
			}
			keys.forEach(this.coverage::read);
			return this.reading.compare(keys, this.classifier);
		}

	}

}
