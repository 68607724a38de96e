package io.keysteward.source.http;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Pages by their number, or by the offset of their first row.
 *
 * @param parameter the query's parameter
 * @param rows whether the number is an offset of rows
 * @param from the number of the first page
 * @param sizeParameter the parameter of the page size; null: none
 * @param size the page size; 0: any
 * @param endsShort whether a short page is the last one; otherwise an empty page is
 */
record Numbered(String parameter, boolean rows, int from, @Nullable String sizeParameter, int size,
		boolean endsShort) implements Paging {

	@Override
	public URI first(URI list) {
		return at(list, this.from);
	}

	@Override
	public @Nullable URI after(URI list, Page page, ApiClient client, Call call) {
		if (page.rows() == 0) {
			return null;
		}
		return at(list, this.from + (this.rows ? page.rowsSoFar() : page.index() + 1));
	}

	private URI at(URI list, long number) {
		URI page = Query.with(list, this.parameter, String.valueOf(number));
		return (this.sizeParameter != null) ? Query.with(page, this.sizeParameter, String.valueOf(this.size)) : page;
	}

}
