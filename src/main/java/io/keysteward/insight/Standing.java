package io.keysteward.insight;

import java.util.Arrays;
import java.util.Optional;

/**
 * The standing of a flagged key: its highest level, unless all of its findings are
 * exempt.
 */
public enum Standing {

	/** Past the disabling threshold. */
	VIOLATION("VIOLATION"),

	/** Past the warning threshold. */
	WARN("WARN"),

	/** All of its findings are exempt. */
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
	 * {@return the standing of a stored word; empty: the word is unknown}
	 */
	public static Optional<Standing> find(String word) {
		return Arrays.stream(values()).filter((standing) -> standing.word.equals(word)).findFirst();
	}

}
