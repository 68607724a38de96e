package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One request without its login. Its address and headers may contain secrets: messages
 * show the definition's text instead.
 *
 * @param method the method, such as GET
 * @param uri the address
 * @param headers the headers
 * @param body the body; null: none
 * @param shown its name in messages
 */
record Call(String method, URI uri, Map<String, String> headers, @Nullable String body, String shown) {

	static Call get(URI uri, Map<String, String> headers, String shown) {
		return new Call("GET", uri, headers, null, shown);
	}

	Call at(URI other) {
		return new Call(this.method, other, this.headers, this.body, this.shown);
	}

	HttpRequest.BodyPublisher content() {
		return (this.body != null) ? HttpRequest.BodyPublishers.ofString(this.body, StandardCharsets.UTF_8)
				: HttpRequest.BodyPublishers.noBody();
	}

	@Override
	public String toString() {
		return this.method + " " + this.shown;
	}

}
