package io.keysteward.insight;

/**
 * How a flagged key stands: its highest level, unless each of its findings is exempt.
 */
public enum Standing {

	/** Past the disabling threshold. */
	VIOLATION("VIOLATION"),

	/** Past the warning threshold. */
	WARN("WARN"),

	/** Each of its findings is permitted in writing. */
	EXEMPT("exempt");

	private final String word;

	Standing(String word) {
		this.word = word;
	}

	/**
	 * {@return the standing that a word stands for}
	 * @throws IllegalArgumentException where there is none
	 */
	public static Standing of(String word) {
		for (Standing standing : values()) {
			if (standing.word.equals(word)) {
				return standing;
			}
		}
		throw new IllegalArgumentException("No standing is called " + word);
	}

}
