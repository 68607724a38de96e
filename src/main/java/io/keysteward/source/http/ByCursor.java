package io.keysteward.source.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Pages that return a cursor for the next page.
 *
 * @param parameter the query's parameter
 * @param next the place of the cursor in an answer
 * @param more the place of the flag for more pages; null: the cursor decides
 * @param sizeParameter the parameter of the page size; null: none
 * @param size the page size
 */
record ByCursor(String parameter, JsonPointer next, @Nullable JsonPointer more, @Nullable String sizeParameter,
		int size) implements Paging {

	@Override
	public URI first(URI list) {
		return sized(list);
	}

	@Override
	public @Nullable URI after(URI list, Page page, ApiClient client, Call call) {
		if (this.more != null && !isMore(this.more, page, client, call)) {
			return null;
		}
		JsonNode cursor = page.fact(this.next);
		String text = (cursor != null) ? Json.text(cursor) : null;
		if (text != null && !text.isEmpty()) {
			return sized(Query.with(list, this.parameter, text));
		}
		if (this.more != null) {
			throw Failure.configuration(client.line(call,
					page.shown() + " says at " + this.more + " that more follows, but has no cursor at " + this.next));
		}
		return null;
	}

	private static boolean isMore(JsonPointer more, Page page, ApiClient client, Call call) {
		JsonNode fact = page.fact(more);
		if (fact == null || !fact.isBoolean()) {
			throw Failure.configuration(client.line(call,
					page.shown() + " does not say at " + more + " whether more follows; it must be true or false"));
		}
		return fact.booleanValue();
	}

	private URI sized(URI list) {
		return (this.sizeParameter != null) ? Query.with(list, this.sizeParameter, String.valueOf(this.size)) : list;
	}

	@Override
	public Set<JsonPointer> facts() {
		Set<JsonPointer> facts = new LinkedHashSet<>(Set.of(this.next));
		if (this.more != null) {
			facts.add(this.more);
		}
		return facts;
	}

}
