package io.keysteward.inventory;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenKeyIdsTests {

	@Test
	void anIdIsNewOnceHoweverManyThereAre() {
		SeenKeyIds ids = new SeenKeyIds();
		for (int i = 0; i < 50_000; i++) {
			assertThat(ids.add("key-" + i)).isTrue();
		}
		for (int i = 0; i < 50_000; i++) {
			assertThat(ids.add("key-" + i)).isFalse();
		}
	}

}
