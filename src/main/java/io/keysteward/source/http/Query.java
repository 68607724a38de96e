package io.keysteward.source.http;

import java.net.URI;

/**
 * The query of an address.
 */
final class Query {

	private Query() {
	}

	/**
	 * {@return the address with one more parameter}
	 */
	static URI with(URI uri, String name, String value) {
		String text = uri.toString();
		return URI.create(text + ((uri.getRawQuery() != null) ? "&" : "?") + Template.encode(name) + "="
				+ Template.encode(value));
	}

}
