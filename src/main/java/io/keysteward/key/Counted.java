package io.keysteward.key;

/**
 * A number with its noun.
 */
public final class Counted {

	private Counted() {
	}

	/**
	 * {@return such as {@code 1 key} and {@code 2 keys}}
	 */
	public static String of(long number, String noun) {
		return number + " " + noun + ((number != 1) ? "s" : "");
	}

}
