package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A change since the run before: of a finding, or a key that came or went. Text is
 * untrusted.
 *
 * @param change the kind of change, such as {@code NEW} or {@code KEY GONE}
 * @param source the source's id; null: keys cannot be compared
 * @param keyId the key's id
 * @param name what people call it
 * @param project its project's name, else its id
 * @param rule the rule of the finding; null: the key itself came or went
 * @param level the finding's level
 * @param why the reason, as a sentence
 * @param since since when the finding is open, or the key is there or gone
 */
public record KeyChange(String change, @Nullable String source, @Nullable String keyId, @Nullable String name,
		@Nullable String project, @Nullable String rule, @Nullable String level, @Nullable String why,
		@Nullable Instant since) {

	static KeyChange of(ResultSet row, int number) throws SQLException {
		String resolution = row.getString("resolution");
		return new KeyChange(row.getString("change"), row.getString("source"), row.getString("key_id"),
				row.getString("name"), row.getString("project"), row.getString("rule"), row.getString("level"),
				(resolution != null) ? Resolution.sentence(resolution) : row.getString("reason"),
				StoredTime.of(row, "since"));
	}

	/**
	 * {@return the line with the reason why inventories are not compared}
	 */
	static KeyChange notCompared(Run baseline, String why) {
		return new KeyChange(
				"NOT COMPARED", null, null, null, null, null, null, Character.toUpperCase(why.charAt(0))
						+ why.substring(1) + ": keys that appeared and keys that are gone cannot be told.",
				baseline.asOf());
	}

}
