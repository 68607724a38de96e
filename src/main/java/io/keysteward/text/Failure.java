package io.keysteward.text;

import org.jspecify.annotations.Nullable;

/**
 * A foreseeable failure: one line that says what was given, what is allowed and what to
 * do, and whose turn it is. The line never carries a secret or a whole row.
 */
public final class Failure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private Failure(Kind kind, String line, @Nullable Throwable cause) {
		super(line.replaceAll("\\s*\\R\\s*", " "), cause);
		this.kind = kind;
	}

	/**
	 * {@return a failure that may pass by itself: trying again may help}
	 */
	public static Failure retry(String line, @Nullable Throwable cause) {
		return new Failure(Kind.RETRY, line, cause);
	}

	/**
	 * {@return a failure of arguments, configuration, policy or a source's definition}
	 */
	public static Failure configuration(String line) {
		return new Failure(Kind.CONFIGURATION, line, null);
	}

	/**
	 * {@return as {@link #configuration(String)}, with what led to it}
	 */
	public static Failure configuration(String line, @Nullable Throwable cause) {
		return new Failure(Kind.CONFIGURATION, line, cause);
	}

	/**
	 * {@return another run is under way}
	 */
	public static Failure busy(String line) {
		return new Failure(Kind.BUSY, line, null);
	}

	/**
	 * {@return the run is complete and is not done twice}
	 */
	public static Failure complete(String line) {
		return new Failure(Kind.COMPLETE, line, null);
	}

	/**
	 * {@return only a person can decide what to do}
	 */
	public static Failure person(String line) {
		return new Failure(Kind.PERSON, line, null);
	}

	/**
	 * {@return the same failure in other words}
	 */
	public Failure withMessage(String line) {
		return new Failure(this.kind, line, this);
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * {@return the message, which is never null}
	 */
	public String line() {
		return String.valueOf(getMessage());
	}

	/** Whose turn it is. */
	public enum Kind {

		/** Nobody's: start again. */
		RETRY,

		/** The one who wrote the arguments or the configuration. */
		CONFIGURATION,

		/** The other run's. */
		BUSY,

		/** Nobody's: it is done. */
		COMPLETE,

		/** A person who looks at what the line names. */
		PERSON

	}

}
