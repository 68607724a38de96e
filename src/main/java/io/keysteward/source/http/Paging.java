package io.keysteward.source.http;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/**
 * The way from one page of a list to the next.
 */
interface Paging {

	/**
	 * {@return the address of the first page}
	 * @param list the list's own address
	 */
	URI first(URI list);

	/**
	 * {@return the address of the next page; null: that was the last one}
	 * @param list the list's own address
	 * @param page the page that was just read
	 * @param client the client, which checks addresses
	 * @param call the request, for messages
	 */
	@Nullable URI after(URI list, Page page, ApiClient client, Call call);

	/**
	 * {@return the places of the values that it needs in an answer}
	 */
	default Set<JsonPointer> facts() {
		return Set.of();
	}

	/**
	 * {@return the number of rows of each page but the last; 0: any}
	 */
	default int size() {
		return 0;
	}

	/**
	 * {@return whether a page with fewer rows than requested is the last one}
	 */
	default boolean endsShort() {
		return false;
	}

}
