package io.keysteward.insight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins statements on large inventories before their rows are wanted, each on a
 * connection and a thread of its own: else the database computes while this process
 * waits, and the other way round. None of their rows is kept in memory.
 */
public final class EarlyRows implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EarlyRows.class);

	/** With fewer keys another connection costs more than it saves. */
	public static final long MANY_KEYS = 100_000;

	private final RunView stored;

	private final boolean large;

	private final List<Begun<?>> begun = new ArrayList<>();

	/**
	 * Prepares to read a run.
	 * @param stored the run
	 * @param manyKeys the number of keys from which on anything is begun early
	 */
	public EarlyRows(RunView stored, long manyKeys) {
		this.stored = stored;
		this.large = stored.keys() >= manyKeys;
	}

	/**
	 * Begins to read rows.
	 * @return what passes them on: once those that were begun, then read anew
	 */
	public <T> Rows.Source<T> begin(Rows.Query<T> query) {
		Rows.Source<T> anew = query.source(this.stored.snapshot());
		if (!this.large) {
			return anew;
		}
		try {
			Begun<T> early = new Begun<>(query, this.stored.snapshot().shareForScans(), anew);
			this.begun.add(early);
			return early;
		}
		catch (SQLException ex) {
			logger.info("the report takes longer, since it got no further connection: {}",
					SafeText.visible(String.valueOf(ex.getMessage())));
			return anew;
		}
	}

	@Override
	public void close() throws SQLException {
		SQLException failure = null;
		for (Begun<?> early : this.begun) {
			try {
				early.close();
			}
			catch (SQLException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Rows that were begun.
	 */
	private static final class Begun<T> implements Rows.Source<T> {

		private final Snapshot snapshot;

		private final Rows.Source<T> anew;

		private @Nullable CompletableFuture<Stream<T>> rows;

		private Begun(Rows.Query<T> query, Snapshot snapshot, Rows.Source<T> anew) {
			this.snapshot = snapshot;
			this.anew = anew;
			this.rows = CompletableFuture.supplyAsync(() -> query.stream(snapshot), Begun::start);
		}

		private static void start(Runnable statement) {
			Thread thread = new Thread(statement, "early-rows");
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void each(Consumer<T> consumer) {
			CompletableFuture<Stream<T>> early = this.rows;
			if (early == null) {
				this.anew.each(consumer);
				return;
			}
			this.rows = null;
			try (Stream<T> rows = result(early)) {
				rows.forEachOrdered(consumer);
			}
		}

		private static <T> Stream<T> result(CompletableFuture<Stream<T>> early) {
			try {
				return early.join();
			}
			catch (CompletionException ex) {
				throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
			}
		}

		/** Waits for the statement's end, since its connection goes back to the pool. */
		private void close() throws SQLException {
			try {
				if (this.rows != null && !this.rows.isDone()) {
					this.snapshot.cancel();
					this.rows.handle((rows, failure) -> rows).join();
				}
			}
			finally {
				this.snapshot.close();
			}
		}

	}

}
