package io.keysteward.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.inventory.Inventories;
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
import io.keysteward.run.RunJournal;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.Remasked;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Step {@code takeInventory} for one source: an item is a block of keys, read from one
 * snapshot and classified ahead of the transaction that writes it. It starts from nothing
 * each time: a snapshot cannot be resumed.
 */
@Component
@StepScope
class SourceInventory
		implements ItemStreamReader<SourceInventory.Block>, ItemWriter<SourceInventory.Block>, StepExecutionListener {

	static final String SOURCE = "source";

	private static final int BLOCK = 1000;

	/** By how much clocks may differ. */
	private static final Duration SKEW = Duration.ofMinutes(5);

	/** Enough for the next transaction while one is being written; some 300 kB each. */
	private static final int BLOCKS_AHEAD = 10;

	private static final Logger logger = LoggerFactory.getLogger(SourceInventory.class);

	private final String source;

	private final SourceRegistry sources;

	private final Policy policy;

	private final List<Rule> rules;

	private final Inventories inventories;

	private final KnownKeys known;

	private final KeyUses uses;

	private final RunJournal journal;

	private final ActiveRun current;

	private final SourceFaults faults;

	private final DataSource governance;

	private final Clock clock;

	private @Nullable Open open;

	SourceInventory(@Value("#{stepExecutionContext['" + SOURCE + "']}") String source, SourceRegistry sources,
			Policy policy, List<Rule> rules, Inventories inventories, KnownKeys known, KeyUses uses, RunJournal journal,
			ActiveRun current, SourceFaults faults, DataSource governance, Clock clock) {
		this.source = source;
		this.sources = sources;
		this.policy = policy;
		this.rules = rules;
		this.inventories = inventories;
		this.known = known;
		this.uses = uses;
		this.journal = journal;
		this.current = current;
		this.faults = faults;
		this.governance = governance;
		this.clock = clock;
	}

	@Override
	public void open(ExecutionContext context) {
		Run run = this.current.row();
		discard(run);
		long lastCount = this.inventories.lastCount(this.source, run.id());
		KeptKeys kept = (run.keeps() == InventoryScope.FLAGGED) ? this.known.kept(run.id(), this.source) : null;
		KeySource asked = this.sources.get(this.source);
		KeySnapshot reading = asked.open(Set.copyOf(run.projects()));
		requireSamePlace(run, reading);
		Instant now = this.clock.instant();
		Duration skew = Duration.between(now, reading.sourceNow());
		Classifier classifier = new Classifier(this.rules, this.policy, reading.traits(), run.asOf(),
				reading.snapshotAt(), this.current.exemptions());
		Instant read = reading.snapshotAt();
		UseReading seen = new UseReading(this.uses, reading.traits(),
				(read.isAfter(run.asOf()) ? read : run.asOf()).plus(SKEW),
				(read.isBefore(now) ? read : now).plus(SKEW));
		InventoryRows rows = new InventoryRows(run.id(), this.source);
		// Of what is not stored the table cannot tell that it comes twice.
		SeenKeyIds ids = (kept != null) ? new SeenKeyIds() : null;
		this.open = new Open(run, reading, skew,
				new ReadAhead<>(Thread.currentThread().getName() + "-ahead", BLOCKS_AHEAD,
						() -> block(asked, reading, ids, classifier, kept, seen, rows, this.current.coverage())),
				new InventoryWriter(this.governance, run.id(), this.source, asked.definitionFile()), kept, seen,
				lastCount);
	}

	/** Others' keys would be judged by what is known of these. */
	private void requireSamePlace(Run run, KeySnapshot reading) {
		Set<String> opened = run.policy().places(this.source);
		if (!opened.contains(reading.place().text())) {
			reading.close();
			throw Failure.retry("source '" + this.source + "' has moved since the run was opened: "
					+ reading.place().text() + "; it was " + String.join("", opened) + "; start the run again", null);
		}
	}

	private @Nullable Block block(KeySource asked, KeySnapshot reading, @Nullable SeenKeyIds ids, Classifier classifier,
			@Nullable KeptKeys kept, UseReading seen, InventoryRows rows, Coverage coverage) {
		List<KeyRecord> keys = reading.next(BLOCK);
		if (keys.isEmpty()) {
			return null;
		}
		keys.forEach(coverage::read);
		if (ids != null) {
			keys.forEach((key) -> ids.requireNew(this.source, asked.definitionFile(), key.id().id()));
		}
		Map<String, Instant> newest = seen.compare(keys);
		List<Classification> classified = keys.stream()
			.map((key) -> classifier.classify(key, newest.get(key.id().id())))
			.toList();
		return new Block(keys.size(), rows.of((kept != null) ? kept.of(classified) : classified), seen.newer());
	}

	@Override
	public @Nullable Block read() {
		Open now = opened();
		Block block = now.blocks.next();
		if (block == null) {
			finish(now);
			return null;
		}
		now.rows += block.keys;
		// Here and not in write, in the same transaction: the source is finished when the
		// last block has been read, before that is written.
		now.writer.writeUses(List.of(block.uses));
		return block;
	}

	@Override
	public void write(Chunk<? extends Block> blocks) {
		Open now = opened();
		now.writer.write(blocks.getItems().stream().map(Block::rows).toList());
		this.current.start().progress().rows(this.source, now.rows, now.lastCount);
	}

	@Override
	public void close() {
		if (this.open != null) {
			this.open.blocks.close();
			this.open.reading.close();
			this.open = null;
		}
	}

	/**
	 * What a failed source has left is thrown away: a snapshot is whole or it is not
	 * there.
	 */
	@Override
	public @Nullable ExitStatus afterStep(StepExecution step) {
		// Unknown: whether the last rows were committed.
		if (step.getStatus() == BatchStatus.FAILED || step.getStatus() == BatchStatus.UNKNOWN) {
			Failure fault = Failures.of(step.getFailureExceptions());
			logger.error("source {}: {}", this.source, fault.line());
			this.faults.add(this.source, fault);
			Run run = this.current.row();
			this.journal.sourceFailed(run.id(), this.source, fault.line());
			discard(run);
		}
		return null;
	}

	private void discard(Run run) {
		this.inventories.discard(run.id(), this.source);
		this.uses.discard(this.source);
	}

	/**
	 * Within the last chunk's transaction: the source is noted as read if and only if its
	 * last rows are stored.
	 */
	private void finish(Open now) {
		if (now.rows == 0 && now.lastCount > 0 && now.run.projects().isEmpty()
				&& !this.current.start().request().acceptEmpty()) {
			throw Failure.retry("source '" + this.source + "' returned no key at all, and " + now.lastCount
					+ " in its last run; see whether it is the right database and role; if it is empty on purpose, start"
					+ " with --accept-empty", null);
		}
		this.uses.remember(now.run.id(), this.source);
		Remasked remasked = now.reading.remasked();
		this.journal.sourceRead(now.run.id(), this.source, now.reading.snapshotAt(), now.skew,
				now.reading.traits().granularity(), now.rows, remasked.rows(), now.seen.goneBack(), remasked.fault());
		if (now.kept != null) {
			this.journal.sourceCounted(now.run.id(), this.source, now.kept.tally());
		}
		this.current.coverage().readAll(this.source);
		if (remasked.rows() > 0) {
			logger.warn("source {}: {}; masked before it was stored, correct {}", this.source, remasked.fault(),
					this.sources.get(this.source).definitionFile());
		}
		if (now.rows == 0) {
			logger.warn("source {}: returned no key at all; see whether it is the right database, schema and role: {}",
					this.source, now.reading.place().text());
		}
		if (now.reading.shortened() > 0) {
			logger.warn("source {}: {} had more than 50 000 bytes of text, and texts were cut; each that was ends with"
					+ " [cut here]", this.source, Plural.of(now.reading.shortened(), "key"));
		}
		logger.info("run {}: source {}: {} read as of its time {}", now.run.key(), this.source,
				Plural.of(now.rows, "key"), now.reading.snapshotAt());
		if (now.seen.goneBack() > 0) {
			logger.warn(
					"run {}: source {} shows an older last use than an earlier reading has seen, or none, of {}; they"
							+ " are judged by the newest use, and the sheet Data errors names them",
					now.run.key(), this.source, Plural.of(now.seen.goneBack(), "key"));
		}
	}

	private Open opened() {
		return Objects.requireNonNull(this.open, "the source is not open");
	}

	/**
	 * Keys on their way into the inventory.
	 *
	 * @param keys how many
	 * @param rows as they are sent
	 * @param uses those of their uses that are newer than what is known, likewise
	 */
	record Block(int keys, byte[] rows, byte[] uses) {
	}

	/** What there is while a source is being read. */
	private static final class Open {

		private final Run run;

		private final KeySnapshot reading;

		private final Duration skew;

		private final ReadAhead<Block> blocks;

		private final InventoryWriter writer;

		private final @Nullable KeptKeys kept;

		private final UseReading seen;

		private final long lastCount;

		private long rows;

		private Open(Run run, KeySnapshot reading, Duration skew, ReadAhead<Block> blocks, InventoryWriter writer,
				@Nullable KeptKeys kept, UseReading seen, long lastCount) {
			this.run = run;
			this.reading = reading;
			this.skew = skew;
			this.blocks = blocks;
			this.writer = writer;
			this.kept = kept;
			this.seen = seen;
			this.lastCount = lastCount;
		}

	}

}
