package io.keysteward.inventory;

/**
 * The numbers of a source's keys, from 0, by the first 16 bytes of SHA-256 of their ids.
 * Two ids with the same bytes would be taken for one, which does not happen by chance.
 */
final class KeyNumbers {

	private final Longs high = new Longs(0);

	private final Longs low = new Longs(0);

	/** Numbers plus one at the places of their ids; 0: free. */
	private int[] places = new int[1 << 12];

	private int size;

	/**
	 * {@return the id's number; below 0: it has none}
	 */
	int find(Hash id) {
		int place = place(id.low());
		while (this.places[place] != 0) {
			int number = this.places[place] - 1;
			if (this.low.get(number) == id.low() && this.high.get(number) == id.high()) {
				return number;
			}
			place = next(place);
		}
		return -1;
	}

	/**
	 * {@return the number of an id that has none yet: the next one}
	 */
	int add(Hash id) {
		if (3L * (this.size + 1) > 2L * this.places.length) {
			grow();
		}
		int number = this.size++;
		this.high.set(number, id.high());
		this.low.set(number, id.low());
		put(number);
		return number;
	}

	int size() {
		return this.size;
	}

	Hash id(int number) {
		return new Hash(this.high.get(number), this.low.get(number));
	}

	private void grow() {
		this.places = new int[2 * this.places.length];
		for (int number = 0; number < this.size; number++) {
			put(number);
		}
	}

	private void put(int number) {
		int place = place(this.low.get(number));
		while (this.places[place] != 0) {
			place = next(place);
		}
		this.places[place] = number + 1;
	}

	private int place(long low) {
		return (int) low & (this.places.length - 1);
	}

	private int next(int place) {
		return (place + 1) & (this.places.length - 1);
	}

}
