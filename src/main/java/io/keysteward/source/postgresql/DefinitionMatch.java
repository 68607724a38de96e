package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.definition.Definition;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The result of matching a database with a definition, in one transaction.
 *
 * @param columns the columns of {@code select.sql}, in its order
 * @param knownSince the start of recording use; null: from the start, or not known
 * @param usageKnown whether any use is known
 * @param encoded whether the database has an encoding
 */
public record DefinitionMatch(List<KeyColumn> columns, @Nullable Instant knownSince, boolean usageKnown,
		boolean encoded) {

	/**
	 * {@return the source's declarations}
	 */
	SourceTraits traits(String source, SqlDefinition definition) {
		return definition.common()
			.traits(source, Collections.unmodifiableSet(EnumSet.copyOf(this.columns)), this.knownSince,
					this.usageKnown);
	}

	/**
	 * Refuses to read only some projects where the source has none.
	 * @param projects the projects whose keys are read; empty: all
	 */
	void requireNarrowable(String source, SqlDefinition definition, Set<String> projects) {
		if (!projects.isEmpty() && !this.columns.contains(KeyColumn.PROJECT_ID)) {
			throw Failure.configuration("source '" + source + "' cannot be narrowed to a project: "
					+ definition.file(SqlDefinition.SELECT) + " returns no project_id");
		}
	}

	/**
	 * {@return the match of the database}
	 * @throws Failure where the database does not fit
	 */
	static DefinitionMatch match(SqlDefinition definition, ReadTransaction transaction) {
		probe(definition, transaction);
		List<KeyColumn> columns = columns(definition, transaction);
		String select = definition.knownSince();
		Instant since = (select != null) ? ask(definition, select, transaction) : definition.common().knownSince().at();
		boolean known = definition.common().recorded() != Definition.Recorded.NONE && (select == null || since != null);
		return new DefinitionMatch(columns, since, known, encoded(definition, transaction));
	}

	/**
	 * {@return a match for reading single rows, without the start of recording}
	 */
	static DefinitionMatch matchRows(SqlDefinition definition, SourceTransaction transaction) {
		return new DefinitionMatch(columns(definition, transaction), null,
				definition.common().recorded() != Definition.Recorded.NONE, encoded(definition, transaction));
	}

	private static boolean encoded(SqlDefinition definition, SourceTransaction transaction) {
		try (Statement statement = transaction.statement()) {
			return !"SQL_ASCII"
				.equals(statement.getConnection().unwrap(PGConnection.class).getParameterStatus("server_encoding"));
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, definition.file(SqlDefinition.SELECT), 0);
		}
	}

	private static void probe(SqlDefinition definition, ReadTransaction transaction) {
		if (definition.probe() == null) {
			return;
		}
		String file = definition.file(Definition.YAML) + ": probe";
		try (Statement statement = transaction.statement();
				ResultSet row = statement.executeQuery(definition.probe())) {
			boolean one = row.next() && row.getMetaData().getColumnCount() == 1;
			String type = row.getMetaData().getColumnTypeName(1);
			if (!one || !type.equals("bool")) {
				throw Failure.configuration(file + " must return one row with one boolean; correct the SQL");
			}
			if (!row.getBoolean(1)) {
				throw Failure.configuration(file + " says that this database does not fit the definition '"
						+ definition.common().name() + "'; correct the datasource, or choose the definition that fits");
			}
			if (row.next()) {
				throw Failure.configuration(file + " must return one row with one boolean; correct the SQL");
			}
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, file, 0);
		}
	}

	private static List<KeyColumn> columns(SqlDefinition definition, SourceTransaction transaction) {
		Columns columns = new Columns(definition);
		String sent = columns.describe();
		try (Statement statement = transaction.statement(); ResultSet rows = statement.executeQuery(sent)) {
			return columns.check(rows.getMetaData());
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, definition.file(SqlDefinition.SELECT), line(definition, ex, sent));
		}
	}

	/** The wrapper adds one line before the select. */
	private static long line(SqlDefinition definition, SQLException ex, String sent) {
		int position = SqlFault.of(ex).position(sent);
		long last = definition.select().strip().isEmpty() ? 0 : definition.select().stripTrailing().lines().count();
		return (position < 0) ? 0 : Math.min(last, SqlText.line(sent, position) - 1);
	}

	private static @Nullable Instant ask(SqlDefinition definition, String select, ReadTransaction transaction) {
		String file = definition.file(Definition.YAML) + ": usage.known-since";
		try (Statement statement = transaction.statement(); ResultSet row = statement.executeQuery(select)) {
			if (row.getMetaData().getColumnCount() != 1
					|| !row.getMetaData().getColumnTypeName(1).equals("timestamptz")) {
				throw Failure.configuration(file + " must return one timestamptz; correct the SQL");
			}
			OffsetDateTime since = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
			if (row.next() || OffsetDateTime.MAX.equals(since) || OffsetDateTime.MIN.equals(since)) {
				throw Failure.configuration(file + " must return one finite timestamptz or null; correct the SQL");
			}
			return (since != null) ? since.toInstant() : null;
		}
		catch (SQLException ex) {
			throw transaction.faults().running(ex, file, 0);
		}
	}

}
