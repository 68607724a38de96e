package io.keysteward.notice.webhook;

/**
 * What became of a message.
 *
 * @param result what became of it
 * @param detail the channel's answer in one line, without secrets
 * @param named how many items of its list the message had
 */
public record Delivery(Result result, String detail, int named) {

	/**
	 * {@return whether the channel took the message}
	 */
	public boolean taken() {
		return this.result == Result.POSTED || this.result == Result.TAKEN;
	}

	/**
	 * {@return whether the answer proves that people can see the message}
	 */
	public boolean proven() {
		return this.result == Result.POSTED;
	}

	/**
	 * {@return whether trying again later may help}
	 */
	public boolean isTransient() {
		return this.result == Result.LATER;
	}

	/** The results. */
	public enum Result {

		/** It was posted, by the channel's own answer. */
		POSTED,

		/** The channel took it, and its answer proves nothing. */
		TAKEN,

		/** The channel refused it, and will do so again. */
		REFUSED,

		/** The channel did not take it now, or its answer was lost. */
		LATER

	}

}
