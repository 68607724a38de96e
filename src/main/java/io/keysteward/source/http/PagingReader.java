package io.keysteward.source.http;

import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Reads a definition's entry for a list's pages.
 */
final class PagingReader {

	private static final String ALLOWED = "{ number, from, size, of, until }, { offset, size, of, until },"
			+ " { cursor, next, while, size, of }, { link: next } or { next: /pointer }";

	private static final int MOST_ROWS = 100_000;

	private final String where;

	private final JsonNode page;

	private PagingReader(String where, JsonNode page) {
		this.where = where;
		this.page = page;
	}

	/**
	 * {@return the paging of the list}
	 * @param where the name of the definition in messages's entry
	 * @param page the entry; null: there is none
	 */
	static Paging read(String where, @Nullable JsonNode page) {
		if (page == null || page.isNull()) {
			return new OnePage();
		}
		if (!page.isObject()) {
			throw fault(where, "must define how pages follow each other");
		}
		return new PagingReader(where, page).read();
	}

	private Paging read() {
		if (this.page.has("number")) {
			requireOnly(Set.of("number", "from", "size", "of", "until"));
			return new Numbered(required("number"), false, number("from", 1, 0), optional("size"), size(), endsShort());
		}
		if (this.page.has("offset")) {
			requireOnly(Set.of("offset", "size", "of", "until"));
			return new Numbered(required("offset"), true, 0, optional("size"), size(), endsShort());
		}
		if (this.page.has("cursor")) {
			requireOnly(Set.of("cursor", "next", "while", "size", "of"));
			return new ByCursor(required("cursor"), pointer("next"), this.page.has("while") ? pointer("while") : null,
					optional("size"), size());
		}
		if (this.page.has("link")) {
			requireOnly(Set.of("link"));
			return new ByLink(required("link"));
		}
		if (this.page.has("next")) {
			requireOnly(Set.of("next"));
			return new ByAddress(pointer("next"));
		}
		throw fault(this.where, "does not define how pages follow each other");
	}

	private void requireOnly(Set<String> allowed) {
		for (Iterator<String> names = this.page.propertyNames().iterator(); names.hasNext();) {
			String name = names.next();
			if (!allowed.contains(name)) {
				throw Failure
					.configuration(this.where + "." + name + ": is not allowed together with the others; allowed are: "
							+ String.join(", ", new TreeSet<>(allowed)));
			}
		}
	}

	private String required(String name) {
		String value = optional(name);
		if (value == null) {
			throw fault(this.where + "." + name, "is required");
		}
		return value;
	}

	private @Nullable String optional(String name) {
		JsonNode value = this.page.path(name);
		if (value.isMissingNode()) {
			return null;
		}
		if (!value.isString() || value.stringValue().isBlank()) {
			throw Failure.configuration(this.where + "." + name + ": must be a name");
		}
		return value.stringValue();
	}

	private JsonPointer pointer(String name) {
		return Json.pointer(this.where + "." + name, required(name));
	}

	private int size() {
		if (this.page.has("size") != this.page.has("of")) {
			throw Failure.configuration(this.where + ": size (the parameter) and of (how many rows) belong together;"
					+ " write both or none");
		}
		return this.page.has("of") ? number("of", 1, 1) : 0;
	}

	private boolean endsShort() {
		String until = optional("until");
		if (until == null || until.equals("empty")) {
			return false;
		}
		if (!until.equals("short")) {
			throw Failure.configuration(this.where + ".until '" + until + "' is not allowed; write empty or short");
		}
		if (!this.page.has("of")) {
			throw Failure.configuration(this.where + ".until: short needs size and of; write both");
		}
		return true;
	}

	private int number(String name, int other, int least) {
		JsonNode value = this.page.path(name);
		if (value.isMissingNode()) {
			return other;
		}
		String text = value.asString("");
		if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > MOST_ROWS) {
			throw Failure.configuration(
					this.where + "." + name + " '" + text + "' is not allowed; write " + least + " to " + MOST_ROWS);
		}
		return Integer.parseInt(text);
	}

	private static Failure fault(String where, String what) {
		return Failure.configuration(where + ": " + what + "; write one of " + ALLOWED);
	}

}
