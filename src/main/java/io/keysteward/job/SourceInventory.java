package io.keysteward.job;

import java.util.List;
import java.util.Objects;

import io.keysteward.inventory.Inventories;
import io.keysteward.inventory.Readings;
import io.keysteward.inventory.SourceReading.Changes;
import io.keysteward.run.ReadSource;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.source.ReadFile;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
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
 * Step {@code takeInventory} for one source: an item is a block of keys. It starts from
 * nothing each time: a snapshot cannot be resumed.
 */
@Component
@StepScope
class SourceInventory implements ItemStreamReader<Changes>, ItemWriter<Changes>, StepExecutionListener {

	static final String SOURCE = "source";

	private static final Logger logger = LoggerFactory.getLogger(SourceInventory.class);

	private final String source;

	private final SourceRegistry sources;

	private final SourceOpener opener;

	private final Inventories inventories;

	private final Readings readings;

	private final RunJournal journal;

	private final ActiveRun current;

	private @Nullable OpenSource open;

	private long rows;

	SourceInventory(@Value("#{stepExecutionContext['" + SOURCE + "']}") String source, SourceRegistry sources,
			SourceOpener opener, Inventories inventories, Readings readings, RunJournal journal, ActiveRun current) {
		this.source = source;
		this.sources = sources;
		this.opener = opener;
		this.inventories = inventories;
		this.readings = readings;
		this.journal = journal;
		this.current = current;
	}

	@Override
	public void open(ExecutionContext context) {
		Run run = this.current.row();
		this.rows = 0;
		this.open = this.opener.open(run, this.sources.get(this.source), this.current.attempt(),
				this.inventories.lastCount(this.source, run.id()));
	}

	@Override
	public @Nullable Changes read() {
		OpenSource now = opened();
		Changes block = now.blocks().next();
		if (block == null) {
			finish(now);
			return null;
		}
		this.rows += block.keys();
		// Here and not in write, in the same transaction: the source is finished when the
		// last block has been read, before that is written.
		now.writer().writeGaps(block.gaps());
		now.writer().writeDenials(block.denials());
		return block;
	}

	@Override
	public void write(Chunk<? extends Changes> blocks) {
		OpenSource now = opened();
		now.writer().write(blocks.getItems().stream().map(Changes::rows).toList());
		this.current.attempt().progress().rows(this.source, this.rows, now.lastCount());
	}

	@Override
	public void close() {
		if (this.open != null) {
			this.open.close();
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
			Failure fault = Failures.translate(step.getFailureExceptions());
			logger.error("source {}: {}", this.source, fault.line());
			this.current.attempt().faults().add(this.source, fault);
			Run run = this.current.row();
			this.journal.sourceFailed(run.id(), this.source, fault.line());
			this.readings.discard(this.source);
		}
		return null;
	}

	/**
	 * Within the last chunk's transaction: the source is noted as read if and only if its
	 * last rows are stored.
	 */
	private void finish(OpenSource now) {
		RunAttempt attempt = this.current.attempt();
		if (this.rows == 0 && now.run().projects().isEmpty() && !attempt.request().acceptEmpty()) {
			EmptySource.requireAlwaysEmpty(this.source, now.lastCount());
		}
		this.readings.end(now.reading());
		ReadSource read = now.read(this.rows);
		this.journal.sourceRead(now.run().id(), this.source, read);
		ReadFile file = now.snapshot().file();
		if (file != null) {
			this.journal.sourceFile(now.run().id(), this.source, file.name(), file.sha256());
			logger.info("run {}: source {}: read from {}, SHA-256 {}", now.run().key(), this.source,
					SafeText.visible(file.name()), file.sha256());
		}
		this.journal.sourceCounted(now.run().id(), this.source, now.reading().counts());
		attempt.coverage().readAll(this.source);
		report(now, read);
	}

	/** What the operator has to know of it. */
	private void report(OpenSource now, ReadSource read) {
		if (read.remasked() > 0) {
			logger.warn("source {}: {}; masked before it was stored, correct {}", this.source, read.fault(),
					this.sources.get(this.source).definitionFile());
		}
		if (read.rows() == 0) {
			logger.warn(
					"source {}: returned no key at all; see whether it is the right place, and whether the login may see all keys: {}",
					this.source, now.snapshot().place().text());
		}
		if (now.snapshot().shortened() > 0) {
			logger.warn("source {}: {} had more than 50 000 bytes of text, and texts were cut; each that was ends with"
					+ " [cut here]", this.source, Plural.of(now.snapshot().shortened(), "key"));
		}
		logger.info("run {}: source {}: {} read as of its time {}", now.run().key(), this.source,
				Plural.of(read.rows(), "key"), read.snapshotAt());
		if (read.goneBack() > 0) {
			logger.warn(
					"run {}: source {} shows an older last use than an earlier reading has seen, or none, of {}; they"
							+ " are judged by the newest use, and the sheet Data errors names them",
					now.run().key(), this.source, Plural.of(read.goneBack(), "key"));
		}
	}

	private OpenSource opened() {
		return Objects.requireNonNull(this.open, "the source is not open");
	}

}
