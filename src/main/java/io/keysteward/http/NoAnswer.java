package io.keysteward.http;

/**
 * A request without a complete answer. Its message has nothing of the request or the
 * answer.
 */
public final class NoAnswer extends Exception {

	private static final long serialVersionUID = 1L;

	private final Stage stage;

	NoAnswer(Stage stage, String why) {
		super(why);
		this.stage = stage;
	}

	/**
	 * {@return whether the request cannot have reached the server}
	 */
	public boolean neverSent() {
		return this.stage == Stage.CONNECTING || this.stage == Stage.TRUST;
	}

	/**
	 * {@return whether a retry may succeed at once}
	 */
	public boolean isTransient() {
		return this.stage == Stage.CONNECTING || this.stage == Stage.BROKEN;
	}

	/**
	 * {@return whether only another configuration helps}
	 */
	public boolean isLasting() {
		return this.stage == Stage.TRUST || this.stage == Stage.SIZE;
	}

	/**
	 * {@return whether the answer was too large}
	 */
	public boolean isTooLarge() {
		return this.stage == Stage.SIZE;
	}

	public String why() {
		return String.valueOf(getMessage());
	}

	/** The stage at which it failed. */
	public enum Stage {

		/** The server was not reached. */
		CONNECTING,

		/** The server is not trusted. */
		TRUST,

		/** The connection broke. */
		BROKEN,

		/** The time was up. */
		TIME,

		/** The answer is too large. */
		SIZE

	}

}
