package io.keysteward.text;

/**
 * A number with its noun, and the words that go with it.
 */
public final class Plural {

	private Plural() {
	}

	/**
	 * {@return such as {@code 1 key} and {@code 2 keys}}
	 */
	public static String of(long number, String noun) {
		return number + " " + noun(number, noun);
	}

	/**
	 * {@return the noun in the form that goes with the number, such as {@code inventory}
	 * and {@code inventories}}
	 */
	public static String noun(long number, String noun) {
		return word(number, noun,
				noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s");
	}

	/**
	 * {@return the word that goes with the number}
	 * @param one such as {@code is}
	 * @param more such as {@code are}
	 */
	public static String word(long number, String one, String more) {
		return (number == 1) ? one : more;
	}

}
