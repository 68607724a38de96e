package io.keysteward.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody can decide about a key.
 */
public enum DecisionKind {

	/** It stays on, whatever rule it breaks, for as long as an exemption may last. */
	KEEP("keep"),

	/** The same, until a day. */
	EXEMPT_UNTIL("exempt until"),

	/** It may be disabled, if every gate is open. */
	DISABLE("disable"),

	/** Somebody else is written to about it. */
	NEW_OWNER("new owner");

	private final String word;

	DecisionKind(String word) {
		this.word = word;
	}

	/**
	 * {@return the words that people choose}
	 */
	public static List<String> words() {
		return Arrays.stream(values()).map(DecisionKind::word).toList();
	}

	/**
	 * {@return the kind with a word, whatever its case and the spaces around it}
	 */
	public static Optional<DecisionKind> find(String written) {
		String word = written.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
		return Arrays.stream(values()).filter((kind) -> kind.word.equals(word)).findFirst();
	}

	public String word() {
		return this.word;
	}

	/**
	 * {@return whether it permits the key to stay as it is}
	 */
	public boolean permits() {
		return this == KEEP || this == EXEMPT_UNTIL;
	}

}
