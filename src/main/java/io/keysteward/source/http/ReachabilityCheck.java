package io.keysteward.source.http;

import java.util.Map;

import io.keysteward.http.Answer;

/**
 * Checks that the server answers, with any status.
 *
 * @param client the client of the source
 */
record ReachabilityCheck(ApiClient client) {

	Answer answer() {
		Call call = Call.get(this.client.address().below(this.client.address().path().isEmpty() ? "/" : ""), Map.of(),
				"/");
		return this.client.anyAnswer(call, Deadline.in(this.client.timeout()));
	}

}
