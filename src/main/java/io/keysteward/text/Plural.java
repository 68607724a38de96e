package io.keysteward.text;

/**
 * Formats a number with its noun and its verb.
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
	 * {@return the noun in the number's form, such as {@code inventory} and
	 * {@code inventories}}
	 */
	public static String noun(long number, String noun) {
		return word(number, noun,
				noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s");
	}

	/**
	 * {@return the word in the number's form}
	 * @param one such as {@code is}
	 * @param more such as {@code are}
	 */
	public static String word(long number, String one, String more) {
		return (number == 1) ? one : more;
	}

}
