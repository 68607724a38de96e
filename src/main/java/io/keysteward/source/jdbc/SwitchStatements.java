package io.keysteward.source.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.TreeMap;
import java.util.TreeSet;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The statements that switch keys, and the table and column that identify a key's row.
 *
 * @param selectFile the file that shows the keys, for messages
 * @param table the table whose rows are keys
 * @param one its column that identifies a single row
 * @param disable the statement that switches a row off
 * @param restore the statement that switches it on again
 */
record SwitchStatements(String selectFile, Table table, String one, StatementText disable, StatementText restore) {

	static final String DISABLE = Definition.DISABLE_SQL;

	static final String RESTORE = Definition.RESTORE_SQL;

	private static final String RUN_ID = "run_id";

	private static final Set<String> OURS = Set.of(RUN_ID, "as_of");

	/**
	 * {@return why keys cannot be switched by a definition; null: they can}
	 */
	static @Nullable String obstacle(LandedDefinition definition) {
		DefinitionFolder folder = definition.folder();
		for (String file : List.of(DISABLE, RESTORE)) {
			if (folder.text(file) == null) {
				return definition.file(file) + " is missing";
			}
		}
		return tables(definition).isEmpty() ? definition.file(Definition.YAML)
				+ ": no table has the key one, the column that identifies a key's row; add it" : null;
	}

	/**
	 * {@return the statements of a definition that can switch}
	 */
	static SwitchStatements of(LandedDefinition definition, Dialect dialect) {
		List<Table> tables = tables(definition);
		if (tables.size() > 1) {
			throw Failure.configuration(definition.file(Definition.YAML) + ": rows." + tables.get(0).name()
					+ " and rows." + tables.get(1).name()
					+ " both have the key one; write it only at the table whose rows are keys");
		}
		SwitchStatements statements = new SwitchStatements(definition.file(Definition.SELECT), tables.get(0),
				String.valueOf(tables.get(0).yaml().one()), statement(definition, DISABLE, dialect),
				statement(definition, RESTORE, dialect));
		statements.requireNothingHidden();
		return statements;
	}

	private static List<Table> tables(LandedDefinition definition) {
		return definition.tables().stream().filter((table) -> table.yaml().one() != null).toList();
	}

	private static StatementText statement(LandedDefinition definition, String file, Dialect dialect) {
		return StatementText.of(definition.file(file), definition.folder().required(file), dialect.quotedTexts());
	}

	/** The values for restore.sql are stored, so none may be hidden. */
	private void requireNothingHidden() {
		for (Table.Column column : this.table.columns()) {
			if (column.as() != Table.As.TEXT && this.restore.parameters().contains(column.at())) {
				throw Failure
					.configuration(this.restore.file() + ": uses :" + column.at() + ", which " + this.table.where()
							+ " does not allow to be stored unchanged; find the row by another column");
			}
		}
	}

	/**
	 * Refuses statements with unknown parameters or missing comparisons.
	 * @param columns the table's columns
	 */
	void require(TableSelect columns) {
		if (!columns.has(this.one)) {
			throw Failure.configuration(this.table.where() + ".one '" + this.one + "' is not a column of "
					+ columns.text().file() + "; it has " + columns.names());
		}
		for (String name : OURS) {
			if (columns.has(name)) {
				throw Failure.configuration(columns.text().file() + ": column " + name
						+ " has the name of a parameter of the run; rename it by AS");
			}
		}
		Set<String> allowed = new TreeSet<>(columns.names());
		allowed.addAll(OURS);
		for (StatementText statement : List.of(this.disable, this.restore)) {
			requireKnown(statement, allowed);
			if (!statement.compared().contains(this.one)) {
				throw Failure.configuration(statement.file() + ": does not compare with :" + this.one
						+ ", which identifies the row; compare with it in WHERE");
			}
		}
		if (this.restore.compared().stream().allMatch(this.one::equals)) {
			throw Failure.configuration(this.restore.file() + ": compares neither :run_id nor any column but "
					+ this.one + ", so it could switch on a key that somebody else switched off; compare with it in"
					+ " WHERE");
		}
	}

	private static void requireKnown(StatementText statement, Set<String> allowed) {
		for (String parameter : statement.parameters()) {
			if (!allowed.contains(parameter)) {
				throw Failure.configuration(statement.file() + ": unknown parameter ':" + parameter + "'; allowed are "
						+ allowed.stream().map((name) -> ":" + name).sorted().collect(Collectors.joining(", "))
						+ "; a column that keys.sql returns may be used, too");
			}
		}
	}

	/**
	 * {@return the row's values that restore.sql uses}
	 */
	Map<String, @Nullable String> forRestore(RawRow row) {
		Map<String, @Nullable String> values = new TreeMap<>(row.columns());
		values.keySet().retainAll(Set.copyOf(this.restore.parameters()));
		return values;
	}

}
