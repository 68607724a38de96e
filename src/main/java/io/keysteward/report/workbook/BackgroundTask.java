package io.keysteward.report.workbook;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * Work that is done while the workbook is written: one file, on a thread of its own.
 */
final class BackgroundTask implements AutoCloseable {

	private @Nullable FutureTask<@Nullable Void> task;

	/**
	 * Starts the work.
	 */
	void start(Work work) {
		this.task = new FutureTask<>(() -> {
			work.run();
			return null;
		});
		Thread thread = new Thread(this.task, "meanwhile");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Waits until it is done, if there is any.
	 * @throws IOException and others: what the work has thrown
	 */
	void await() throws IOException, SQLException {
		if (this.task == null) {
			return;
		}
		try {
			this.task.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (ExecutionException ex) {
			rethrow(ex.getCause());
		}
	}

	/** Nobody takes a file away that is being written. */
	@Override
	public void close() {
		if (this.task == null || this.task.isDone()) {
			return;
		}
		try {
			await();
		}
		catch (IOException | SQLException | RuntimeException ex) {
			// Something else has failed already, and is told.
		}
	}

	private static void rethrow(@Nullable Throwable thrown) throws IOException, SQLException {
		if (thrown instanceof IOException fault) {
			throw fault;
		}
		if (thrown instanceof SQLException fault) {
			throw fault;
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		throw (thrown instanceof RuntimeException fault) ? fault : new IllegalStateException(thrown);
	}

	/** Work that may fail. */
	@FunctionalInterface
	interface Work {

		void run() throws IOException, SQLException;

	}

}
