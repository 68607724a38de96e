package io.keysteward.source.http;

/**
 * A request without a complete answer. Its message has nothing of the request or the
 * answer.
 */
final class NoAnswer extends Exception {

	private static final long serialVersionUID = 1L;

	private final Stage stage;

	NoAnswer(Stage stage, String why) {
		super(why);
		this.stage = stage;
	}

	/**
	 * {@return whether the request cannot have reached the server}
	 */
	boolean neverSent() {
		return this.stage == Stage.CONNECTING || this.stage == Stage.TRUST;
	}

	/**
	 * {@return whether a retry may succeed at once}
	 */
	boolean isTransient() {
		return this.stage == Stage.CONNECTING || this.stage == Stage.BROKEN;
	}

	/**
	 * {@return whether only another configuration helps}
	 */
	boolean isLasting() {
		return this.stage == Stage.TRUST || this.stage == Stage.SIZE;
	}

	String why() {
		return String.valueOf(getMessage());
	}

	/** The stage at which it failed. */
	enum Stage {

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
