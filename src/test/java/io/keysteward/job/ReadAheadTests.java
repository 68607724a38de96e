package io.keysteward.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class ReadAheadTests {

	private final AtomicInteger made = new AtomicInteger();

	@Test
	void everyItemComesOnceAndInOrderAndThenTheEnd() {
		try (ReadAhead<Integer> ahead = new ReadAhead<>("test", 3, () -> upTo(1000))) {
			List<Integer> taken = new ArrayList<>();
			for (Integer item = ahead.next(); item != null; item = ahead.next()) {
				taken.add(item);
			}
			assertThat(taken).hasSize(1000).isSorted();
		}
	}

	@Test
	void whatFailsIsToldAfterAllThatWasMadeBefore() {
		try (ReadAhead<Integer> ahead = new ReadAhead<>("test", 3, () -> {
			if (this.made.get() == 2) {
				throw new IllegalStateException("The source is gone");
			}
			return upTo(1000);
		})) {
			assertThat(ahead.next()).isEqualTo(1);
			assertThat(ahead.next()).isEqualTo(2);
			assertThatIllegalStateException().isThrownBy(ahead::next).withMessage("The source is gone");
		}
	}

	@Test
	void anErrorIsNotLostWithItsThread() {
		try (ReadAhead<Integer> ahead = new ReadAhead<>("test", 3, () -> {
			throw new OutOfMemoryError("for the test");
		})) {
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(ahead::next);
		}
	}

	@Test
	void noMoreIsMadeAheadThanWasAskedFor() throws InterruptedException {
		try (ReadAhead<Integer> ahead = new ReadAhead<>("test", 3, () -> upTo(1000))) {
			ahead.next();
			// Three are waiting, and one is in hand.
			long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
			while (System.nanoTime() < end) {
				assertThat(this.made.get()).isLessThanOrEqualTo(5);
				Thread.sleep(5);
			}
			assertThat(this.made.get()).isEqualTo(5);
		}
	}

	@Test
	void whatIsInHandIsMadeBeforeItIsClosedAndNothingAfterwards() throws InterruptedException {
		CountDownLatch inHand = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		ReadAhead<Integer> ahead = new ReadAhead<>("test", 3, () -> {
			inHand.countDown();
			await(goOn);
			ended.set(true);
			return upTo(1000);
		});
		inHand.await();
		Thread closing = new Thread(ahead::close);
		closing.start();
		closing.join(100);
		assertThat(closing.isAlive()).as("waits for what is in hand").isTrue();
		goOn.countDown();
		closing.join();
		assertThat(ended).isTrue();
		int then = this.made.get();
		TimeUnit.MILLISECONDS.sleep(100);
		assertThat(this.made.get()).isEqualTo(then);
	}

	private @Nullable Integer upTo(int last) {
		return (this.made.get() < last) ? this.made.incrementAndGet() : null;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
