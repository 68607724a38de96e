package io.keysteward.source.landing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.source.definition.RowsYaml;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one table's entry in {@code source.yaml}.
 */
final class TableReader {

	/** PostgreSQL cuts longer names, so that two could become equal. */
	private static final int LONGEST_NAME = 63;

	private static final Set<String> OF_A_COLUMN = Set.of("at", "as", "before");

	private final String where;

	private final String name;

	private final @Nullable RowsYaml yaml;

	TableReader(String file, String name, @Nullable RowsYaml yaml) {
		this.where = file + ": rows." + SafeText.visible(name);
		this.name = name;
		this.yaml = yaml;
	}

	Table table() {
		if (this.yaml == null) {
			throw fault("", " is empty; write where its rows come from");
		}
		requireName("", this.name);
		List<Table.Column> columns = (this.yaml.columns() != null) ? columns(this.yaml.columns()) : List.of();
		Set<String> names = new HashSet<>();
		for (Table.Column column : columns) {
			requireName(".columns", column.name());
			if (!names.add(column.name())) {
				throw fault(".columns", " has '" + column.name() + "' twice; take one out");
			}
		}
		return new Table(this.name, columns, optional(names), this.yaml, this.where);
	}

	private List<Table.Column> columns(JsonNode yaml) {
		List<Table.Column> columns = new ArrayList<>();
		if (yaml.isArray()) {
			yaml.forEach((entry) -> columns.add(listed(entry)));
		}
		else if (yaml.isObject()) {
			yaml.properties().forEach((entry) -> columns.add(column(entry.getKey(), entry.getValue())));
		}
		if (columns.isEmpty()) {
			throw fault(".columns", " must be a list of names, or a map from names to the places of their values");
		}
		return List.copyOf(columns);
	}

	private Table.Column listed(JsonNode entry) {
		if (!entry.isValueNode() || entry.isNull()) {
			throw fault(".columns",
					" has an entry that is not a name; write a name, or a map from all names to their places");
		}
		String text = entry.asString();
		return new Table.Column(text, text, Table.As.TEXT, null);
	}

	private Table.Column column(String column, JsonNode value) {
		if (value.isValueNode() && !value.isNull()) {
			return new Table.Column(column, value.asString(), Table.As.TEXT, null);
		}
		String key = ".columns." + SafeText.visible(column);
		if (!value.isObject()) {
			throw fault(key, " must name the place of its value, such as /id, or { at: /id, as: sha256 }");
		}
		for (Map.Entry<String, JsonNode> entry : value.properties()) {
			if (!OF_A_COLUMN.contains(entry.getKey())) {
				throw fault(key, " has the unknown key '" + entry.getKey() + "'; "
						+ NearestWord.hint(entry.getKey(), OF_A_COLUMN.stream().sorted().toList()));
			}
		}
		String at = text(key, value, "at");
		if (at == null) {
			throw fault(key, ".at is required; write the place of its value");
		}
		return new Table.Column(column, at, as(key, text(key, value, "as")), text(key, value, "before"));
	}

	private @Nullable String text(String key, JsonNode value, String name) {
		JsonNode text = value.get(name);
		if (text == null) {
			return null;
		}
		if (!text.isValueNode() || text.isNull() || text.asString().isEmpty()) {
			throw fault(key, "." + name + " must be a text");
		}
		return text.asString();
	}

	private Table.As as(String key, @Nullable String word) {
		if (word == null) {
			return Table.As.TEXT;
		}
		return switch (word) {
			case "sha256" -> Table.As.SHA256;
			case "hidden" -> Table.As.HIDDEN;
			default -> throw fault(key, ".as '" + word + "' is not allowed; write sha256 or hidden, or leave it out"
					+ " to land the value unchanged");
		};
	}

	private Set<String> optional(Set<String> names) {
		List<String> optional = Objects.requireNonNullElse(Objects.requireNonNull(this.yaml).optional(), List.of());
		for (String column : optional) {
			if (!names.isEmpty() && !names.contains(column)) {
				throw fault(".optional", " '" + column + "' is not one of its columns; "
						+ NearestWord.hint(column, names.stream().sorted().toList()));
			}
		}
		return optional.stream().collect(Collectors.toUnmodifiableSet());
	}

	private void requireName(String key, String text) {
		if (text.isBlank() || text.indexOf('\0') >= 0) {
			throw fault(key, " has a blank name; write one");
		}
		if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
			throw fault(key,
					" '" + SafeText.visible(text) + "' is longer than the " + LONGEST_NAME
							+ " bytes that a name in SQL may have; give it a shorter one: { name: '"
							+ SafeText.visible(text) + "' }");
		}
	}

	private Failure fault(String key, String line) {
		return Failure.configuration(this.where + key + line);
	}

}
