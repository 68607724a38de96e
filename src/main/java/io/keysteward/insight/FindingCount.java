package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.keysteward.key.Level;

/**
 * How many findings of a source are open at a rule and a level, exempt ones left out.
 *
 * @param source the source's id
 * @param rule the rule's code
 * @param level the level
 * @param keys how many; 0 where it was looked for and not found
 */
public record FindingCount(String source, String rule, Level level, long keys) {

	static FindingCount of(ResultSet row, int number) throws SQLException {
		return new FindingCount(row.getString("source"), row.getString("rule"), Level.valueOf(row.getString("level")),
				row.getLong("keys"));
	}

}
