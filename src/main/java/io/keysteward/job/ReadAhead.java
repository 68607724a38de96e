package io.keysteward.job;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes items on a thread of its own while earlier ones are being worked on, a few at
 * most, so that two databases and this process are busy at the same time.
 *
 * @param <T> the items
 */
final class ReadAhead<T> implements AutoCloseable {

	/** How soon the thread notices that nobody wants more. */
	private static final long NOTICE_MILLIS = 20;

	private final Supplier<@Nullable T> source;

	private final BlockingQueue<Made<T>> made;

	private final Thread thread;

	private volatile boolean closed;

	/**
	 * Starts to make items.
	 * @param name of the thread
	 * @param most so many are made ahead
	 * @param source makes the next one; null: there is no more. It is called by one
	 * thread only, and not any more once this is closed.
	 */
	ReadAhead(String name, int most, Supplier<@Nullable T> source) {
		this.source = source;
		this.made = new ArrayBlockingQueue<>(most);
		this.thread = new Thread(this::make, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * {@return the next item; null: there is no more}
	 * @throws RuntimeException what making it threw, after all that was made before
	 */
	@Nullable T next() {
		Made<T> next;
		try {
			next = this.made.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the next block", ex);
		}
		if (next.fault instanceof Error error) {
			throw error;
		}
		if (next.fault != null) {
			throw (RuntimeException) next.fault;
		}
		return next.item;
	}

	/**
	 * Waits until the item in hand is made, so that what it is made of can be closed.
	 */
	@Override
	public void close() {
		this.closed = true;
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void make() {
		Made<T> last;
		do {
			last = one();
		}
		while (offer(last) && last.item != null);
	}

	private Made<T> one() {
		try {
			return new Made<>(this.source.get(), null);
		}
		catch (RuntimeException | Error ex) {
			return new Made<>(null, ex);
		}
	}

	/**
	 * {@return whether somebody may still want it}
	 */
	private boolean offer(Made<T> item) {
		try {
			while (!this.closed) {
				if (this.made.offer(item, NOTICE_MILLIS, TimeUnit.MILLISECONDS)) {
					return true;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	/**
	 * An item, or why there is none.
	 */
	private record Made<T>(@Nullable T item, @Nullable Throwable fault) {
	}

}
