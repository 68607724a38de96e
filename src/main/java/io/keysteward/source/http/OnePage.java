package io.keysteward.source.http;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * A list in one answer.
 */
record OnePage() implements Paging {

	@Override
	public URI first(URI list) {
		return list;
	}

	@Override
	public @Nullable URI after(URI list, Page page, ApiClient client, Call call) {
		return null;
	}

}
