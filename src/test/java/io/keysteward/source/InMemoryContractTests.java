package io.keysteward.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.keysteward.key.KeyRecord;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The source that other tests rely on keeps what every source promises.
 */
class InMemoryContractTests extends KeySourceContract {

	InMemoryContractTests() {
		super(new Fixture());
	}

	@Test
	void anExportOfYesterdayHasNoWrongClock() {
		Instant yesterday = Instant.now().minus(Duration.ofDays(1));
		InMemorySource export = new InMemorySource("x", Clock.systemUTC()).takenAt(yesterday);
		try (KeySnapshot snapshot = export.open(Set.of())) {
			assertThat(snapshot.snapshotAt()).isEqualTo(yesterday);
			assertThat(Duration.between(snapshot.sourceNow(), Instant.now())).isLessThan(Duration.ofMinutes(1));
		}
	}

	/** The same keys, in three ways. */
	private static final class Fixture implements SourceFixture {

		private final InMemorySource source = new InMemorySource("x", Clock.systemUTC());

		@Override
		public KeySource source() {
			return this.source;
		}

		@Override
		public KeySource withoutDisabling() {
			return new InMemorySource("x", Clock.systemUTC()).cannotDisable("keys in memory are for ever");
		}

		@Override
		public KeySource unreachable() {
			return new InMemorySource("x", Clock.systemUTC()).fails(Failure.retry("nobody answers", null));
		}

		@Override
		public void put(KeyRecord key) {
			this.source.put(key);
		}

		@Override
		public void repeat(KeyRecord key) {
			this.source.repeat(key);
		}

		@Override
		public void remove(String keyId) {
			this.source.remove(keyId);
		}

		@Override
		public void deny(String keyId, Instant at) {
			this.source.deny(keyId, at);
		}

		@Override
		public void loseConfirmation(boolean committed) {
			this.source.loseConfirmation(committed);
		}

		@Override
		public long open() {
			return this.source.open();
		}

		@Override
		public void close() {
			// Nothing is held.
		}

	}

}
