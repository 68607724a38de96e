package io.keysteward.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.inventory.InventoryRows;
import io.keysteward.inventory.InventoryWriter;
import io.keysteward.inventory.KeptKeys;
import io.keysteward.inventory.KeyUses;
import io.keysteward.inventory.KnownKeys;
import io.keysteward.inventory.SeenKeyIds;
import io.keysteward.inventory.UseReading;
import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.run.InventoryScope;
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

	/** Enough for the next transaction while one is being written; some 300 kB each. */
	private static final int BLOCKS_AHEAD = 10;

	private final Policy policy;

	private final List<Rule> rules;

	private final KnownKeys known;

	private final KeyUses uses;

	private final DataSource governance;

	private final Clock clock;

	SourceOpener(Policy policy, List<Rule> rules, KnownKeys known, KeyUses uses, DataSource governance, Clock clock) {
		this.policy = policy;
		this.rules = rules;
		this.known = known;
		this.uses = uses;
		this.governance = governance;
		this.clock = clock;
	}

	/**
	 * {@return the source, where the run expects it}
	 * @param lastCount how many keys the last run read
	 */
	OpenSource open(Run run, KeySource source, RunAttempt attempt, long lastCount) {
		KeptKeys kept = (run.keeps() == InventoryScope.FLAGGED) ? this.known.kept(run.id(), source.id()) : null;
		KeySnapshot snapshot = source.open(Set.copyOf(run.projects()));
		requireSamePlace(run, source, snapshot);
		Instant now = this.clock.instant();
		Instant read = snapshot.snapshotAt();
		Classifier classifier = new Classifier(this.rules, this.policy, snapshot.traits(), run.asOf(), read,
				attempt.exemptions());
		UseReading seen = new UseReading(this.uses, snapshot.traits(),
				(read.isAfter(run.asOf()) ? read : run.asOf()).plus(SKEW),
				(read.isBefore(now) ? read : now).plus(SKEW));
		Blocks blocks = new Blocks(source, snapshot, classifier, kept, seen, attempt.coverage(),
				new InventoryRows(run.id(), source.id()), (kept != null) ? new SeenKeyIds() : null);
		return new OpenSource(run, snapshot, Duration.between(now, snapshot.sourceNow()),
				new ReadAhead<>(Thread.currentThread().getName() + "-ahead", BLOCKS_AHEAD, blocks::next),
				new InventoryWriter(this.governance, run.id(), source.id(), source.definitionFile()), kept, seen,
				lastCount);
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
	 * Makes blocks of a source's keys, on the thread that reads ahead.
	 *
	 * @param ids the ids so far, where not every key is stored: of those that are not the
	 * table cannot tell that they come twice; null: every key is stored
	 */
	private record Blocks(KeySource source, KeySnapshot snapshot, Classifier classifier, @Nullable KeptKeys kept,
			UseReading uses, Coverage coverage, InventoryRows rows, @Nullable SeenKeyIds ids) {

		OpenSource.@Nullable Block next() {
			List<KeyRecord> keys = this.snapshot.next(BLOCK);
			if (keys.isEmpty()) {
				return null;
			}
			keys.forEach(this.coverage::read);
			if (this.ids != null) {
				keys.forEach(
						(key) -> this.ids.requireNew(this.source.id(), this.source.definitionFile(), key.id().id()));
			}
			Map<String, Instant> newest = this.uses.compare(keys);
			List<Classification> classified = keys.stream()
				.map((key) -> this.classifier.classify(key, newest.get(key.id().id())))
				.toList();
			return new OpenSource.Block(keys.size(),
					this.rows.encode((this.kept != null) ? this.kept.select(classified) : classified),
					this.uses.newer());
		}

	}

}
