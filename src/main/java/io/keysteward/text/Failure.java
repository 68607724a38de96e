package io.keysteward.text;

import org.jspecify.annotations.Nullable;

/**
 * A foreseeable failure: one line with the value, what is allowed and what to do, and who
 * has to act. The line never contains a secret or a whole row.
 */
public final class Failure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private Failure(Kind kind, String line, @Nullable Throwable cause) {
		super(line.replaceAll("\\s*\\R\\s*", " "), cause);
		this.kind = kind;
	}

	/**
	 * {@return a failure that may pass: trying again may help}
	 */
	public static Failure retry(String line, @Nullable Throwable cause) {
		return new Failure(Kind.RETRY, line, cause);
	}

	/**
	 * {@return a failure because the process needs more memory than it may have}
	 */
	public static Failure notEnoughMemory(OutOfMemoryError error) {
		return retry("there was not enough memory (" + error
				+ "); give it more, by -Xmx or by the container's limit, and start it again", error);
	}

	/**
	 * {@return a failure of arguments, configuration, policy or a source's definition}
	 */
	public static Failure configuration(String line) {
		return new Failure(Kind.CONFIGURATION, line, null);
	}

	/**
	 * {@return the same with a cause}
	 */
	public static Failure configuration(String line, @Nullable Throwable cause) {
		return new Failure(Kind.CONFIGURATION, line, cause);
	}

	/**
	 * {@return a failure because another run is under way}
	 */
	public static Failure busy(String line) {
		return new Failure(Kind.BUSY, line, null);
	}

	/**
	 * {@return a failure because the run is complete}
	 */
	public static Failure complete(String line) {
		return new Failure(Kind.COMPLETE, line, null);
	}

	/**
	 * {@return a failure that needs a person's decision}
	 */
	public static Failure person(String line) {
		return new Failure(Kind.PERSON, line, null);
	}

	/**
	 * {@return the same failure with another message}
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

	/** Who has to act. */
	public enum Kind {

		/** Nobody: start again. */
		RETRY,

		/** The author of the arguments or the configuration. */
		CONFIGURATION,

		/** Nobody: the other run is at work. */
		BUSY,

		/** Nobody: the run is complete. */
		COMPLETE,

		/** A person has to look at what the line names. */
		PERSON

	}

}
