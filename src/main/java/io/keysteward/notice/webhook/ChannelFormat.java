package io.keysteward.notice.webhook;

import io.keysteward.text.SafeText;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a kind of channel wants its messages, and what its answers mean.
 */
interface ChannelFormat {

	/** Longer lines are cut, so that one name does not fill a message. */
	int LONGEST_LINE = 200;

	/** Teams adds to a message before it measures it (at most 28 KB). */
	int LARGEST = 20_000;

	/**
	 * {@return the message with the first items of its list}
	 * @param items their number
	 */
	ObjectNode write(ChannelMessage message, int items);

	/**
	 * {@return what an answer means}
	 * @param body its text, which is untrusted
	 */
	Verdict read(int status, String body);

	/**
	 * {@return the largest body, in bytes}
	 */
	default int largest() {
		return LARGEST;
	}

	/**
	 * {@return the most items of one message}
	 */
	default int mostItems() {
		return 40;
	}

	/**
	 * {@return an empty JSON object}
	 */
	static ObjectNode object() {
		return JsonMapper.shared().createObjectNode();
	}

	/**
	 * {@return a line of a message, cut if it is long}
	 */
	static String line(String text) {
		return SafeText.beginning(SafeText.line(text), LONGEST_LINE);
	}

}
