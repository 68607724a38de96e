package io.keysteward.source.http;

import io.keysteward.text.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Makes failures of answers that are not valid JSON, without the parser's messages, which
 * quote the answer.
 */
final class JsonFault {

	private JsonFault() {
	}

	/**
	 * {@return the failure}
	 * @param what the answer's name, for messages
	 */
	static Failure failure(JacksonException wrong, ApiClient client, Call call, String what) {
		if (wrong instanceof UnexpectedEndOfInputException) {
			return Failure.retry(client.line(call, "is not read: " + what + " is cut off; start the run again"), null);
		}
		if (wrong instanceof StreamConstraintsException) {
			return Failure.configuration(client.line(call,
					"is not read: " + what + " has a text or a number that is too long, or is nested too deep"));
		}
		return Failure.configuration(
				client.line(call, "is not read: " + what + " is not JSON, or has a name twice in one object"));
	}

}
