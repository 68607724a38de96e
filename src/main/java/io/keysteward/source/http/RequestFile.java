package io.keysteward.source.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.text.Failure;

/**
 * One request in a file, in the notation of HTTP: a line with method and path, headers,
 * an empty line, a body.
 *
 * @param file its name in messages
 * @param method PUT, PATCH, POST or DELETE
 * @param path the path below the source's url
 * @param headers the headers by their names
 * @param body the body; empty: none
 */
record RequestFile(String file, String method, Placeholders path, Map<String, Placeholders> headers, RequestBody body) {

	private static final Set<String> METHODS = Set.of("PUT", "PATCH", "POST", "DELETE");

	private static final String SEPARATOR = "###";

	/**
	 * {@return the request in a file}
	 * @param file its name in messages
	 * @param text its text
	 * @param names the allowed names in double braces
	 */
	static RequestFile of(String file, String text, Set<String> names) {
		List<String> lines = text.lines()
			.dropWhile((line) -> line.isBlank() || line.startsWith("#") || line.startsWith("//"))
			.toList();
		if (lines.isEmpty()) {
			throw Failure.configuration(file + ": holds no request; write one, such as: PUT /keys/{{id}}");
		}
		if (lines.stream().anyMatch((line) -> line.startsWith(SEPARATOR))) {
			throw Failure.configuration(file + ": holds more than one request (###); write one");
		}
		int end = (lines.indexOf("") >= 0) ? lines.indexOf("") : lines.size();
		Map<String, Placeholders> headers = headers(file, lines.subList(1, end));
		String body = lines.stream().skip(end + 1L).collect(Collectors.joining("\n")).strip();
		String[] first = first(file, lines.get(0));
		RequestFile request = new RequestFile(file, first[0], new Placeholders(file, first[1]), headers,
				RequestBody.of(file, contentType(headers), new Placeholders(file, body)));
		request.requireKnown(names);
		return request;
	}

	private static String[] first(String file, String line) {
		String[] words = line.strip().replaceFirst("\\s+HTTP/[\\d.]+$", "").split("\\s+", 2);
		String method = words[0].toUpperCase(Locale.ROOT);
		if (words.length < 2 || !METHODS.contains(method) || !words[1].startsWith("/")) {
			throw Failure
				.configuration(file + ": must begin with PUT, PATCH, POST or DELETE and a path below the source's"
						+ " url, such as: PUT /keys/{{id}}");
		}
		return new String[] { method, words[1] };
	}

	private static Map<String, Placeholders> headers(String file, List<String> lines) {
		Map<String, Placeholders> headers = new LinkedHashMap<>();
		for (String line : lines) {
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw Failure.configuration(file + ": has a line that is not a header (Name: value); write an empty"
						+ " line before the body");
			}
			headers.put(HttpList.headerName(file, line.substring(0, colon).strip()),
					new Placeholders(file, line.substring(colon + 1).strip()));
		}
		return headers;
	}

	private static String contentType(Map<String, Placeholders> headers) {
		return headers.entrySet()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase("Content-Type"))
			.map((header) -> header.getValue().text().toLowerCase(Locale.ROOT))
			.findFirst()
			.orElse("");
	}

	private void requireKnown(Set<String> names) {
		this.path.requireKnown(names);
		this.headers.values().forEach((header) -> header.requireKnown(names));
		this.body.template().requireKnown(names);
	}

	/**
	 * {@return the request for one key}
	 */
	Call render(HttpAddress address, RequestValues values) {
		Map<String, String> sent = new LinkedHashMap<>();
		this.headers.forEach((name, value) -> sent.put(name, Template.headerText(this.file, value.header(values))));
		String body = this.body.render(values);
		return new Call(this.method, address.below(this.path.path(values)), sent, body.isEmpty() ? null : body,
				this.path.text());
	}

}
