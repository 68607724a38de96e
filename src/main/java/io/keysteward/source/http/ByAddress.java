package io.keysteward.source.http;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Pages whose body has the address of the next page.
 *
 * @param next the place of the address
 */
record ByAddress(JsonPointer next) implements Paging {

	@Override
	public URI first(URI list) {
		return list;
	}

	@Override
	public @Nullable URI after(URI list, Page page, ApiClient client, Call call) {
		JsonNode address = page.fact(this.next);
		String text = (address != null) ? Json.text(address) : null;
		return (text == null || text.isBlank()) ? null : client.sameServer(call, page.uri(), text, "leads");
	}

	@Override
	public Set<JsonPointer> facts() {
		return Set.of(this.next);
	}

}
