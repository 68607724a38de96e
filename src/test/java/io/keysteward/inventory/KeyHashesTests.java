package io.keysteward.inventory;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids that were added are found, whatever their number.
 */
class KeyHashesTests {

	private final KeyHashes hashes = new KeyHashes();

	@Test
	void noKeyIsAmongNone() {
		assertThat(this.hashes.contains("")).isFalse();
		assertThat(this.hashes.contains("k")).isFalse();
	}

	@Test
	void everyIdThatWasAddedIsFoundAndHardlyAnyOther() {
		IntStream.range(0, 100_000).forEach((i) -> this.hashes.add("key-" + i));
		assertThat(IntStream.range(0, 100_000)).allMatch((i) -> this.hashes.contains("key-" + i));
		assertThat(IntStream.range(100_000, 200_000).filter((i) -> this.hashes.contains("key-" + i))).isEmpty();
	}

	@Test
	void anIdThatIsAddedLaterIsFoundToo() {
		this.hashes.add("b");
		assertThat(this.hashes.contains("a")).isFalse();
		this.hashes.add("a");
		assertThat(this.hashes.contains("a")).isTrue();
		assertThat(this.hashes.contains("b")).isTrue();
	}

	@Test
	void theOrderOfCharactersCounts() {
		this.hashes.add("ab");
		assertThat(this.hashes.contains("ba")).isFalse();
		assertThat(this.hashes.contains("a")).isFalse();
	}

}
