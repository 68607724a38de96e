package io.keysteward.notice.webhook;

import java.util.Set;

/**
 * What the answer to a message means.
 *
 * @param result what became of the message
 * @param what what the channel did, in words
 * @param again whether the same message may be sent again at once
 * @param ends whether the next message would fail too
 */
record Verdict(Delivery.Result result, String what, boolean again, boolean ends) {

	private static final Set<Integer> BUSY = Set.of(429, 503);

	/** Somebody in between lost the message or its answer. */
	private static final Set<Integer> LOST = Set.of(502, 504);

	private static final Set<Integer> OF_THIS_MESSAGE = Set.of(400, 413, 422);

	private static final Set<Integer> LATER = Set.of(408, 425);

	private static final int GONE = 410;

	static Verdict posted() {
		return new Verdict(Delivery.Result.POSTED, "has it", false, false);
	}

	static Verdict taken(String what) {
		return new Verdict(Delivery.Result.TAKEN, what, false, false);
	}

	static Verdict refused(String what) {
		return new Verdict(Delivery.Result.REFUSED, what, false, true);
	}

	static Verdict gone(String answer) {
		return refused("answers " + answer + ": the channel is gone, and nothing more is posted to it; write its new"
				+ " url, or take the channel out");
	}

	/**
	 * {@return what a status outside of 200 to 299 means}
	 * @param word a word of the answer that says more, if it is known to be harmless
	 * @param repeatable whether the receiver knows a repeated message
	 */
	static Verdict ofFault(int status, String word, boolean repeatable) {
		String answer = status + (word.isEmpty() ? "" : " (" + word + ")");
		if (status == GONE) {
			return gone(answer);
		}
		if (status / 100 == 3) {
			return refused("redirects (" + answer + "), which is not followed; write the address that it leads to");
		}
		if (BUSY.contains(status) || (LOST.contains(status) && repeatable)) {
			return new Verdict(Delivery.Result.LATER, "answers " + answer, true, true);
		}
		if (status >= 500 || LATER.contains(status)) {
			return new Verdict(Delivery.Result.LATER, "answers " + answer, false, true);
		}
		if (OF_THIS_MESSAGE.contains(status)) {
			return new Verdict(Delivery.Result.REFUSED, "refuses this message: it answers " + answer, false, false);
		}
		return refused("answers " + answer + "; correct its url, or what the service allows it");
	}

}
