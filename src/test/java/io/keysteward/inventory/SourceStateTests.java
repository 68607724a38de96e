package io.keysteward.inventory;

import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceStateTests {

	private static final Hash ROW = new Hash(1, 1);

	private static final Hash OTHER_ROW = new Hash(1, 2);

	private final SourceState state = new SourceState();

	@Test
	void aHundredThousandKeysKeepTheirNumbers() {
		Random random = new Random(1);
		Hash[] ids = random.longs(100_000).mapToObj((high) -> new Hash(high, high % 50_000)).toArray(Hash[]::new);
		for (Hash id : ids) {
			this.state.load(id, ROW, SourceState.NEVER);
		}
		assertThat(this.state.records()).isEqualTo(100_000);
		// Backwards: each is another one than expected.
		int[] numbers = IntStream.range(0, ids.length).map((i) -> this.state.next(ids[ids.length - 1 - i])).toArray();
		assertThat(numbers).containsExactly(IntStream.range(0, ids.length).map((i) -> ids.length - 1 - i).toArray());
		assertThat(IntStream.range(0, ids.length).mapToObj(this.state::id)).containsExactly(ids);
		assertThat(this.state.changedBlocks()).isEmpty();
	}

	/**
	 * As with two ids that have one hash: neither is judged by what is known of the
	 * other.
	 */
	@Test
	void whatComesTwiceIsNotTakenForOneKey() {
		assertThat(this.state.next(new Hash(5, 5))).isZero();
		assertThat(this.state.next(new Hash(5, 5))).isNegative();
		assertThat(this.state.next(new Hash(5, 6))).isOne();
	}

	@Test
	void aRowWithTheSameHashIsNotWrittenAndAnotherEndsTheOneBefore() {
		this.state.load(new Hash(5, 5), ROW, SourceState.NEVER);
		int number = this.state.next(new Hash(5, 5));
		assertThat(this.state.replace(number, ROW)).isFalse();
		assertThat(this.state.ended()).isEmpty();
		assertThat(this.state.replace(number, OTHER_ROW)).isTrue();
		assertThat(this.state.ended()).containsExactly(number);
		assertThat(this.state.changedBlocks()).containsExactly(0);
	}

	@Test
	void aKeyThatDoesNotComeEndsKeepsItsUseAndHasItsNumberWhenItComesBack() {
		this.state.load(new Hash(5, 5), ROW, 17);
		this.state.load(new Hash(6, 6), Hash.NONE, 18);
		this.state.endMissing();
		assertThat(this.state.ended()).containsExactly(0);
		assertThat(this.state.record(0)).isEqualTo(Hash.NONE);
		assertThat(this.state.used(0)).isEqualTo(17);
		assertThat(this.state.next(new Hash(6, 6))).isOne();
		assertThat(this.state.replace(1, ROW)).isTrue();
		assertThat(this.state.ended()).containsExactly(0);
	}

	@Test
	void whatAUseWasIsKeptOnceAndOnlyWhereThereWasOne() {
		this.state.load(new Hash(5, 5), ROW, 17);
		this.state.load(new Hash(6, 6), ROW, SourceState.NEVER);
		this.state.loadBlock(0, 3);
		assertThat(this.state.usedIn(0, 4)).isEqualTo(3);
		this.state.use(0, 20);
		this.state.use(0, 21);
		this.state.use(1, 22);
		assertThat(this.state.usedAnewOf(0)).containsExactly(0);
		assertThat(this.state.usedBefore(0)).isEqualTo(17);
		assertThat(this.state.used(0)).isEqualTo(21);
		assertThat(this.state.usedIn(0, 4)).isEqualTo(4);
	}

	@Test
	void rowsThatSomethingElseHasTouchedAreEachWrittenAnew() {
		this.state.load(new Hash(5, 5), ROW, SourceState.NEVER);
		this.state.forgetRecords();
		assertThat(this.state.recordsForgotten()).isTrue();
		assertThat(this.state.replace(this.state.next(new Hash(5, 5)), ROW)).isTrue();
	}

}
