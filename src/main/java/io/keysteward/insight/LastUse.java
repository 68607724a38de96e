package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A key's last use as people see it: a time, or words where there is none.
 *
 * @param at when; null: no time of one is known
 * @param words what is said instead; null: there is a time, or no inventory has the key
 */
public record LastUse(@Nullable Instant at, @Nullable String words) {

	/**
	 * {@return the last use in a row with {@code usage} and {@code used_at}}
	 */
	static LastUse of(ResultSet row) throws SQLException {
		String usage = row.getString("usage");
		Instant used = (usage != null) ? StoredTime.of(row, "used_at") : null;
		return new LastUse(used, (usage != null && used == null) ? UsageText.withoutUse(usage) : null);
	}

	/**
	 * {@return the time, or the words}
	 */
	public @Nullable Object shown() {
		return (this.at != null) ? this.at : this.words;
	}

}
