package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;

import io.keysteward.key.Usage;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * A key's last use for people: a time, or words if there is none.
 *
 * @param at the time; null: not known
 * @param words words in place of the time; null: there is a time, or no inventory has the
 * key
 */
public record LastUse(@Nullable Instant at, @Nullable String words) {

	static final String NEVER = "never";

	static final String NOT_RECORDED = "not recorded";

	private static final LastUse OF_NO_INVENTORY = new LastUse(null, null);

	/**
	 * {@return the last use of a key that an inventory has}
	 * @param state what is known of its use
	 * @param at the newest use that is known; null: none is
	 */
	public static LastUse of(Usage.State state, @Nullable Instant at) {
		return (at != null) ? new LastUse(at, null) : new LastUse(null, switch (state) {
			case NEVER_USED -> NEVER;
			case USED, UNKNOWN -> NOT_RECORDED;
		});
	}

	/**
	 * {@return the last use in a row with {@code usage} and {@code used_at}}
	 */
	static LastUse of(ResultSet row) throws SQLException {
		String usage = row.getString("usage");
		return (usage != null) ? of(Usage.State.valueOf(usage), StoredTime.of(row, "used_at")) : OF_NO_INVENTORY;
	}

	/**
	 * {@return the same; where no inventory has the key, that it is not known}
	 */
	LastUse orNotKnown() {
		return equals(OF_NO_INVENTORY) ? new LastUse(null, "not known") : this;
	}

	/**
	 * {@return whether it is known that there was none}
	 */
	boolean never() {
		return NEVER.equals(this.words);
	}

	/**
	 * {@return the time, or the words}
	 */
	public @Nullable Object shown() {
		return (this.at != null) ? this.at : this.words;
	}

	/**
	 * {@return the time in somebody's format, or the words; empty: no inventory has the
	 * key}
	 */
	public String text(Function<Instant, String> format) {
		return (this.at != null) ? format.apply(this.at) : (this.words != null) ? this.words : "";
	}

}
