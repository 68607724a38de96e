package io.keysteward.insight;

import java.util.Arrays;
import java.util.Optional;

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
	 * {@return what people read}
	 */
	String word() {
		return this.word;
	}

	/**
	 * {@return the standing that a word stands for}
	 * @throws IllegalArgumentException where there is none
	 */
	static Standing of(String word) {
		return find(word).orElseThrow(() -> new IllegalArgumentException("No standing is called " + word));
	}

	/**
	 * {@return the standing that a word stands for; empty: it is another word}
	 */
	public static Optional<Standing> find(String word) {
		return Arrays.stream(values()).filter((standing) -> standing.word.equals(word)).findFirst();
	}

}
