package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;

import io.keysteward.http.Answer;

/**
 * A way to authenticate requests.
 */
interface Authentication {

	/** Adds the credentials to a request. */
	void sign(HttpRequest.Builder request, String method, URI uri);

	/**
	 * Handles a refusal (401).
	 * @param refusal the answer
	 * @param before how often this request was already refused
	 * @return whether to send the request again
	 */
	boolean renew(Answer refusal, int before);

	/**
	 * {@return the login without secrets: its way, and a user's name}
	 */
	String identity();

	/**
	 * {@return what distinguishes this login from others; it does not reveal a secret}
	 */
	default String fingerprint() {
		return identity();
	}

}
