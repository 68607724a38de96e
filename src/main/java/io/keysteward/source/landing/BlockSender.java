package io.keysteward.source.landing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Sends blocks one after the other on its own thread, so that the server stores a block
 * while the next one is read.
 */
final class BlockSender implements AutoCloseable {

	private final Consumer<byte[]> target;

	private final ExecutorService thread = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "landing");
		thread.setDaemon(true);
		return thread;
	});

	private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

	BlockSender(Consumer<byte[]> target) {
		this.target = target;
	}

	/**
	 * Sends a block when the one before has been sent.
	 * @throws RuntimeException if sending the one before failed
	 */
	void send(byte[] block) {
		finish();
		this.last = CompletableFuture.runAsync(() -> this.target.accept(block), this.thread);
	}

	/**
	 * Waits until all blocks have been sent.
	 * @throws RuntimeException if sending failed
	 */
	void finish() {
		try {
			this.last.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/** Waits for a block that is still being sent. */
	@Override
	public void close() {
		this.thread.shutdown();
		this.last.handle((sent, failure) -> sent).join();
	}

}
