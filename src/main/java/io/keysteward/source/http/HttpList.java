package io.keysteward.source.http;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.keysteward.source.definition.RowsYaml;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The definition of an API's list.
 *
 * @param table the table of its rows
 * @param get the path
 * @param headers the headers
 * @param at the place of the list in an answer
 * @param cells the columns, and their places in a row
 * @param paging the paging
 * @param total the place of the number of rows; null: none
 * @param rounds the rounds in which it is read
 * @param require required values of each answer, as text; null: the value must be null or
 * missing
 * @param one the path of a single row; null: there is none
 */
record HttpList(Table table, Template get, Map<String, Template> headers, JsonPointer at, List<Cell> cells,
		Paging paging, @Nullable JsonPointer total, Rounds rounds, Map<JsonPointer, @Nullable String> require,
		@Nullable Template one) {

	/** The name of the key's id in the path of a single row. */
	static final String KEY_ID = "key_id";

	private static final Set<String> FORBIDDEN = Set.of("authorization", "host", "content-length", "connection",
			"upgrade", "expect", "transfer-encoding", "cookie");

	/**
	 * {@return a table's list}
	 * @param earlier the earlier tables
	 */
	static HttpList of(Table table, List<Table> earlier, Parameters parameters) {
		RowsYaml yaml = table.yaml();
		String where = table.where();
		requireOnlyHttp(where, yaml);
		String path = yaml.get();
		if (path == null || !path.startsWith("/")) {
			throw Failure.configuration(where + ".get: is required; write the list's path, which begins with a slash");
		}
		Map<String, Template> headers = headers(where, yaml.headers());
		HttpList list = new HttpList(table, new Template(where + ".get", path), headers,
				Json.pointer(where + ".at", Objects.requireNonNullElse(yaml.at(), "")),
				table.columns().stream().map((column) -> Cell.of(where, column)).toList(),
				PagingReader.read(where + ".page", yaml.page()),
				(yaml.total() != null) ? Json.pointer(where + ".total", yaml.total()) : null,
				Rounds.of(where + ".for-each", yaml.forEach(), earlier, parameters), require(where, yaml.require()),
				one(where, yaml.one()));
		list.requireKnownNames(parameters);
		return list;
	}

	private static void requireOnlyHttp(String where, RowsYaml yaml) {
		if (yaml.format() != null || yaml.sheet() != null || yaml.sql() != null) {
			throw Failure.configuration(
					where + ": has " + ((yaml.format() != null) ? "format" : (yaml.sheet() != null) ? "sheet" : "sql")
							+ ", which an HTTP source does not have; remove it");
		}
	}

	private static @Nullable Template one(String where, @Nullable String path) {
		if (path != null && !path.startsWith("/")) {
			throw Failure.configuration(where + ".one '" + path
					+ "': must be a path that begins with a slash, such as /keys/{" + KEY_ID + "}");
		}
		return (path != null) ? new Template(where + ".one", path) : null;
	}

	private static Map<String, Template> headers(String where, @Nullable Map<String, String> headers) {
		Map<String, Template> templates = new LinkedHashMap<>();
		if (headers != null) {
			headers.forEach((name, value) -> templates.put(headerName(where + ".headers", name),
					new Template(where + ".headers." + name, String.valueOf(value))));
		}
		return templates;
	}

	/**
	 * {@return a header's name, which the settings or the definition may set}
	 */
	static String headerName(String where, String name) {
		if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
			throw Failure.configuration(where + ": '" + name + "' is not a header's name; correct it");
		}
		if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
			throw Failure.configuration(
					where + ": " + name + " may not be set here; write a login under http in application.yaml");
		}
		return name;
	}

	private static Map<JsonPointer, @Nullable String> require(String where, @Nullable Map<String, JsonNode> require) {
		Map<JsonPointer, @Nullable String> required = new LinkedHashMap<>();
		if (require != null) {
			require.forEach((pointer, value) -> {
				if (value != null && value.isContainer()) {
					throw Failure
						.configuration(where + ".require: " + pointer + " must be a plain value, such as true");
				}
				required.put(Json.pointer(where + ".require", pointer), (value != null) ? Json.text(value) : null);
			});
		}
		return required;
	}

	/**
	 * {@return the headers of a request}
	 * @param values values by their names
	 */
	Map<String, String> headers(Function<String, @Nullable String> values) {
		Map<String, String> filled = new LinkedHashMap<>();
		this.headers.forEach((name, template) -> filled.put(name, template.header(values)));
		return filled;
	}

	/**
	 * {@return what an answer does not have although it is required, in words; null: it
	 * has everything}
	 * @param values the answer's values by their places; a missing one is null
	 */
	@Nullable String lacking(Function<JsonPointer, @Nullable JsonNode> values) {
		for (Map.Entry<JsonPointer, @Nullable String> required : this.require.entrySet()) {
			JsonNode value = values.apply(required.getKey());
			if (!Objects.equals((value != null) ? Json.text(value) : null, required.getValue())) {
				return "does not have at " + required.getKey() + " the value that the definition requires ("
						+ required.getValue() + ")";
			}
		}
		return null;
	}

	/** All that is filled with values, but for the path of a single row. */
	private Stream<Template> templates() {
		return Stream
			.of(Stream.of(this.get), this.headers.values().stream(),
					this.cells.stream().map(Cell::template).flatMap(Stream::ofNullable))
			.flatMap(Function.identity());
	}

	private void requireKnownNames(Parameters parameters) {
		templates().forEach((template) -> requireKnown(template, parameters, Set.of()));
		if (this.one != null) {
			Set<String> own = new HashSet<>(Set.of(KEY_ID));
			this.table.columns().forEach((column) -> own.add(column.name()));
			requireKnown(this.one, parameters, own);
		}
	}

	private void requireKnown(Template template, Parameters parameters, Set<String> own) {
		for (String name : template.names()) {
			if (!own.contains(name) && !this.rounds.names().contains(name) && parameters.single(name) == null) {
				throw Failure.configuration(parameters.property() + "." + name + ": is required; " + template.where()
						+ " uses {" + name + "}");
			}
		}
	}

	/**
	 * {@return the names of the parameters that it uses}
	 */
	Set<String> parameters() {
		Set<String> used = new LinkedHashSet<>();
		templates().forEach((template) -> used.addAll(template.names()));
		if (this.one != null) {
			used.addAll(this.one.names());
		}
		used.removeAll(this.rounds.names());
		used.addAll(this.rounds.parameters());
		return used;
	}

	/**
	 * {@return the places of the values that it needs in addition to the rows}
	 */
	Set<JsonPointer> facts() {
		Set<JsonPointer> facts = new LinkedHashSet<>(this.paging.facts());
		facts.addAll(this.require.keySet());
		if (this.total != null) {
			facts.add(this.total);
		}
		return facts;
	}

	/**
	 * {@return whether the path of a single row uses columns other than the key's id}
	 */
	boolean oneNeedsTheRow() {
		return this.one != null
				&& this.table.columns().stream().anyMatch((column) -> this.one.names().contains(column.name()));
	}

	/**
	 * A column, and its place in a row.
	 *
	 * @param name the column's name
	 * @param pointer its place in the row; null: it is a template
	 * @param template a text with parameters; null: it is in the row
	 */
	record Cell(String name, @Nullable JsonPointer pointer, @Nullable Template template) {

		static Cell of(String where, Table.Column column) {
			String at = column.at();
			String place = where + ".columns." + column.name();
			return at.isEmpty() || at.startsWith("/") ? new Cell(column.name(), Json.pointer(place, at), null)
					: new Cell(column.name(), null, template(place, at));
		}

		private static Template template(String place, String at) {
			Template template = new Template(place, at);
			if (template.names().isEmpty()) {
				throw Failure.configuration(place + " '" + at
						+ "': must be a JSON Pointer, which begins with a slash, or a text with {parameter}");
			}
			return template;
		}

	}

}
