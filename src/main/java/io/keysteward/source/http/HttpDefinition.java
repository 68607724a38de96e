package io.keysteward.source.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The part of a definition that describes an API.
 *
 * @param probe the check before its lists are read; null: none
 * @param lists the lists of its tables
 */
record HttpDefinition(@Nullable HttpProbe probe, List<HttpList> lists) {

	/**
	 * {@return the definition with the parameters of the settings}
	 * @param file the name of the definition in messages's file
	 * @param probe its probe in YAML
	 * @param tables its tables, in order
	 */
	static HttpDefinition of(String file, @Nullable JsonNode probe, List<Table> tables, Parameters parameters) {
		List<HttpList> lists = new ArrayList<>();
		for (int i = 0; i < tables.size(); i++) {
			lists.add(HttpList.of(tables.get(i), tables.subList(0, i), parameters));
		}
		HttpProbe asked = HttpProbe.of(file + ": probe", probe, parameters);
		Set<String> used = new LinkedHashSet<>();
		lists.forEach((list) -> used.addAll(list.parameters()));
		if (asked != null) {
			used.addAll(asked.get().names());
		}
		parameters.requireOnly(used);
		return new HttpDefinition(asked, List.copyOf(lists));
	}

	/**
	 * {@return a table's list}
	 */
	HttpList list(Table table) {
		return this.lists.stream()
			.filter((list) -> list.table().name().equals(table.name()))
			.findFirst()
			.orElseThrow(() -> Failure.configuration(table.where() + ": is not a table of this definition"));
	}

	/**
	 * {@return the list of keys whose rows can be read singly; null: there is none}
	 */
	@Nullable HttpList withOne() {
		return this.lists.stream().filter((list) -> list.one() != null).findFirst().orElse(null);
	}

}
