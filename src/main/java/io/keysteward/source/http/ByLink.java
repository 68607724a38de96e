package io.keysteward.source.http;

import java.net.URI;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Pages whose header Link (RFC 8288) has the address of the next page.
 *
 * @param relation the relation of the next page
 */
record ByLink(String relation) implements Paging {

	private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");

	private static final Pattern RELATION = Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))");

	@Override
	public URI first(URI list) {
		return list;
	}

	@Override
	public @Nullable URI after(URI list, Page page, ApiClient client, Call call) {
		for (String header : page.links()) {
			Matcher link = LINK.matcher(header);
			while (link.find()) {
				if (isNext(link.group(2))) {
					return client.sameServer(call, page.uri(), link.group(1), "leads");
				}
			}
		}
		return null;
	}

	private boolean isNext(String parameters) {
		Matcher found = RELATION.matcher(parameters);
		if (!found.find()) {
			return false;
		}
		String names = (found.group(1) != null) ? found.group(1) : found.group(2);
		return Arrays.stream(names.strip().split("\\s+")).anyMatch(this.relation::equalsIgnoreCase);
	}

}
