package io.keysteward.source.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of a list: one for each row of an earlier table, one for each value of a
 * parameter, or a single one.
 *
 * @param each the table's or parameter's name; null: a single round
 * @param table whether each is a table
 * @param names the names of a round's values
 * @param items the parameter's values
 */
record Rounds(@Nullable String each, boolean table, Set<String> names, List<String> items) {

	static Rounds of(String where, @Nullable String each, List<Table> earlier, Parameters parameters) {
		if (each == null) {
			return new Rounds(null, false, Set.of(), List.of());
		}
		for (Table table : earlier) {
			if (table.name().equals(each)) {
				Set<String> names = new LinkedHashSet<>();
				table.columns()
					.stream()
					.filter((column) -> column.as() != Table.As.HIDDEN)
					.forEach((column) -> names.add(column.name()));
				return new Rounds(each, true, names, List.of());
			}
		}
		if (!parameters.values().containsKey(each)) {
			throw Failure.configuration(parameters.property() + "." + each + ": is required; " + where + " uses it"
					+ " in for-each, and no earlier table has that name");
		}
		Set<String> names = new LinkedHashSet<>(List.of(each, singular(each)));
		return new Rounds(each, false, names, parameters.list(each, where));
	}

	/** One value of {@code projects} is called {@code project}. */
	private static String singular(String name) {
		return name.endsWith("ies") ? name.substring(0, name.length() - 3) + "y"
				: name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
	}

	/**
	 * {@return the parameters of its rounds}
	 */
	Set<String> parameters() {
		return (this.each != null && !this.table) ? Set.of(this.each) : Set.of();
	}

	/**
	 * {@return the values of each round, by their names}
	 */
	List<Map<String, @Nullable String>> values(LandedRows landed) {
		if (this.each == null) {
			return List.of(Map.of());
		}
		if (this.table) {
			return landed.rows(this.each, List.copyOf(this.names));
		}
		return this.items.stream().map(this::values).toList();
	}

	private Map<String, @Nullable String> values(String item) {
		Map<String, @Nullable String> values = new HashMap<>();
		this.names.forEach((name) -> values.put(name, item));
		return values;
	}

}
