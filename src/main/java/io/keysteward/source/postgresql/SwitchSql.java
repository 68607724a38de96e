package io.keysteward.source.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.AbstractSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * The statement of {@code disable.sql} or {@code restore.sql}, with its named parameters.
 *
 * @param file the file's path for messages
 * @param sql the statement with a question mark for each parameter
 * @param parameters the parameters' names in order
 * @param compared the parameters after the first {@code WHERE}; all of them if there is
 * none
 */
record SwitchSql(String file, String sql, List<String> parameters, List<String> compared) {

	/** The parameters of {@code disable.sql}. */
	static final Set<String> OF_DISABLE = Set.of("key_id", "created_at", "last_used_at", "run_id", "as_of");

	/**
	 * The parameters of {@code restore.sql} besides the columns that {@code disable.sql}
	 * returned.
	 */
	static final Set<String> OF_RESTORE = Set.of("key_id", "run_id", "as_of");

	private static final Pattern WHERE = Pattern.compile("\\bwhere\\b", Pattern.CASE_INSENSITIVE);

	private static final Set<String> TIMES = Set.of("created_at", "last_used_at");

	/**
	 * {@return the statement in a file's text}
	 */
	static SwitchSql parse(String file, String text) {
		ParsedSql parsed = NamedParameterUtils.parseSqlStatement(text);
		Matcher where = WHERE.matcher(text);
		return new SwitchSql(file, NamedParameterUtils.substituteNamedParameters(parsed, null), parameters(parsed),
				parameters(NamedParameterUtils.parseSqlStatement(where.find() ? text.substring(where.start()) : text)));
	}

	private static List<String> parameters(ParsedSql parsed) {
		return Arrays.stream(NamedParameterUtils.buildValueArray(parsed, new Names(), null))
			.map(String::valueOf)
			.toList();
	}

	/**
	 * Refuses a parameter that is not among these, and a statement without a required
	 * one.
	 */
	void requireParameters(Set<String> allowed, String... compared) {
		for (String parameter : this.parameters) {
			if (!allowed.contains(parameter)) {
				throw Failure.configuration(this.file + ": unknown parameter ':" + parameter + "'; allowed are "
						+ new TreeSet<>(allowed).stream().map((name) -> ":" + name).toList());
			}
		}
		for (String parameter : compared) {
			if (!this.parameters.contains(parameter)) {
				throw Failure.configuration(this.file + ": does not use :" + parameter
						+ ", so it could change a key that is not as it was read; compare with it in WHERE");
			}
		}
	}

	/**
	 * Refuses a statement that compares none of the marks that distinguish Keysteward's
	 * change from others'.
	 * @param marks the columns that {@code disable.sql} returned, and the run
	 */
	void requireMark(Set<String> marks) {
		if (this.compared.stream().noneMatch(marks::contains)) {
			throw Failure.configuration(this.file + ": compares neither :run_id nor anything that "
					+ SqlDefinition.DISABLE
					+ " returns, so it could switch on a key that somebody else switched off; compare with it in WHERE");
		}
	}

	/**
	 * {@return the statement, ready to be executed}
	 * @param prefix the text before it, such as {@code EXPLAIN }
	 * @param values the values by name: text, a number, an {@link Instant} or null
	 */
	PreparedStatement prepare(Connection connection, String prefix, Map<String, @Nullable Object> values)
			throws SQLException {
		PreparedStatement statement = connection.prepareStatement(prefix + this.sql);
		for (int i = 0; i < this.parameters.size(); i++) {
			String name = this.parameters.get(i);
			set(statement, i + 1, name, values.get(name));
		}
		return statement;
	}

	private static void set(PreparedStatement statement, int index, String name, @Nullable Object value)
			throws SQLException {
		if (value instanceof Instant instant) {
			statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
		}
		else if (value instanceof Long number) {
			statement.setLong(index, number);
		}
		else if (value == null && TIMES.contains(name)) {
			statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
		}
		else {
			statement.setString(index, (value != null) ? value.toString() : null);
		}
	}

	/** Maps each parameter to its name as the value. */
	private static final class Names extends AbstractSqlParameterSource {

		@Override
		public boolean hasValue(String name) {
			return true;
		}

		@Override
		public Object getValue(String name) {
			return name;
		}

	}

}
