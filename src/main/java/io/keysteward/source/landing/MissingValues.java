package io.keysteward.source.landing;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.postgresql.LandingSession;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which last uses depend on values that some rows lack altogether: these are
 * unknown, not never.
 */
final class MissingValues {

	/**
	 * Values that a column may have had besides those that other rows have, which may all
	 * stand for never. None is earlier than another use that the row has.
	 */
	private static final List<String> CANDIDATES = List.of("2037-02-03 04:05:06", "2037-02-03T04:05:06Z", "2037-02-03",
			"03.02.2037 04:05:06", "03.02.2037", "02/03/2037 04:05:06", "02/03/2037", "20370203040506", "20370203",
			"2117243106", "2117243106000", "true");

	/** What is written for never begins otherwise than a time. */
	private static final String VALUES = """
			SELECT v.value FROM (
			  SELECT max(%1$s) AS latest, min(%1$s) AS earliest FROM %2$s WHERE %1$s IS NOT NULL
			  GROUP BY translate(left(%1$s, 1), '012345678', '999999999') ORDER BY count(*) DESC LIMIT 5
			) AS c CROSS JOIN LATERAL (VALUES (c.latest), (c.earliest)) AS v (value)
			GROUP BY v.value
			""";

	/** Words and years for never prove nothing of the values in other rows. */
	private static final Pattern MAY_BE_TIME = Pattern.compile("20[1-9]\\d|[1-9]\\d{8,}");

	private final LandingSession session;

	private final LandedTables tables;

	MissingValues(LandingSession session, LandedTables tables) {
		this.session = session;
		this.tables = tables;
	}

	/**
	 * Finds out which last uses depend on values that rows lack: values are put in their
	 * place, and the keys are looked at again.
	 */
	void markUses(Collection<LandedTable> landed) {
		boolean lacking = landed.stream().anyMatch((table) -> table.landed().anyMatch(table::isAbsentInSomeRow));
		if (lacking && this.session.keepUses()) {
			for (LandedTable table : landed) {
				table.landed().filter(table::isAbsentInSomeRow).forEach((column) -> compareUses(table, column));
			}
		}
	}

	private void compareUses(LandedTable table, int column) {
		List<@Nullable String> values = this.tables.texts(table, VALUES.formatted("c" + column, table.base()));
		long accepted = values.stream()
			.map(String::valueOf)
			.filter((value) -> compareUses(table, column, value))
			.filter((value) -> MAY_BE_TIME.matcher(value).find())
			.count();
		long taken = CANDIDATES.stream().filter((value) -> compareUses(table, column, value)).count();
		if (taken == 0 && accepted == 0) {
			throw Failure.configuration(table.table().where() + ".columns."
					+ SafeText.visible(table.columns().get(column).name()) + ": some rows lack it, and no value of the"
					+ " others shows what a time would look like, so that nobody can tell whether a last use depends on"
					+ " it; let the system return it in each row, or take it out of columns and " + Definition.SELECT);
		}
		this.tables.execute(table.table(), table.view(-1, "", ""));
	}

	/**
	 * {@return whether select.sql takes a value in the place of what rows lack}
	 */
	private boolean compareUses(LandedTable table, int column, String value) {
		try {
			Savepoint before = this.session.connection().setSavepoint();
			try {
				this.tables.execute(table.table(), table.view(column, "'" + value.replace("'", "''") + "'", ""));
				this.session.compareUses();
				this.session.connection().releaseSavepoint(before);
				return true;
			}
			catch (Failure failure) {
				if (failure.kind() != Failure.Kind.CONFIGURATION) {
					throw failure;
				}
				this.session.connection().rollback(before);
				return false;
			}
		}
		catch (SQLException ex) {
			throw this.session.landing(ex, table.table().where());
		}
	}

}
