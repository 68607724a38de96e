package io.keysteward.report.workbook;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * Writes one file on a thread of its own while the workbook is written.
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
	 * Waits for the end of the work, if any.
	 * @throws IOException and others that the work has thrown
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

	/** Waits, since nobody may remove a file that is being written. */
	@Override
	public void close() {
		if (this.task == null || this.task.isDone()) {
			return;
		}
		try {
			await();
		}
		catch (IOException | SQLException | RuntimeException ex) {
			// Another failure is thrown already.
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
