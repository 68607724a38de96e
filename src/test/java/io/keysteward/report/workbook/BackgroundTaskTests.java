package io.keysteward.report.workbook;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(30)
class BackgroundTaskTests {

	@Test
	void aFaultOfTheWorkIsToldAsItIs() {
		try (BackgroundTask meanwhile = new BackgroundTask()) {
			meanwhile.start(() -> {
				throw new IOException("No space left on device");
			});
			assertThatIOException().isThrownBy(meanwhile::await).withMessage("No space left on device");
		}
		try (BackgroundTask meanwhile = new BackgroundTask()) {
			meanwhile.start(() -> {
				throw new SQLException("gone");
			});
			assertThatExceptionOfType(SQLException.class).isThrownBy(meanwhile::await).withMessage("gone");
		}
	}

	@Test
	void withoutWorkNobodyWaits() throws IOException, SQLException {
		try (BackgroundTask meanwhile = new BackgroundTask()) {
			meanwhile.await();
		}
	}

	@Test
	void whatIsClosedEarlyIsWaitedForSoThatItsFileCanBeTakenAway() throws InterruptedException {
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		BackgroundTask meanwhile = new BackgroundTask();
		meanwhile.start(() -> {
			try {
				goOn.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			ended.set(true);
		});
		Thread closing = new Thread(meanwhile::close);
		closing.start();
		closing.join(100);
		assertThat(closing.isAlive()).isTrue();
		goOn.countDown();
		closing.join();
		assertThat(ended).isTrue();
	}

}
