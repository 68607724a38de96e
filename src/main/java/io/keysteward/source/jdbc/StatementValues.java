package io.keysteward.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The values of a statement's parameters: a row's columns as the texts that were read,
 * and the run.
 *
 * @param values values by the parameters' names
 */
record StatementValues(Map<String, @Nullable Object> values) {

	static final StatementValues NONE = new StatementValues(Map.of());

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	/**
	 * {@return the values for a row and a run}
	 * @param asOf the run's instant, which is written in UTC
	 */
	static StatementValues of(Map<String, @Nullable String> columns, long runId, Instant asOf) {
		Map<String, @Nullable Object> values = new HashMap<>(columns);
		values.put("run_id", runId);
		values.put("as_of", TIME.format(LocalDateTime.ofInstant(asOf, ZoneOffset.UTC)));
		return new StatementValues(values);
	}

	void set(PreparedStatement prepared, StatementText statement) throws SQLException {
		for (int i = 0; i < statement.parameters().size(); i++) {
			Object value = this.values.get(statement.parameters().get(i));
			if (value instanceof Long number) {
				prepared.setLong(i + 1, number);
			}
			else {
				prepared.setString(i + 1, (value != null) ? value.toString() : null);
			}
		}
	}

}
