package io.keysteward.source.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The stored state of a key before a request switches it, and again after it was switched
 * off: its rows without hidden columns.
 *
 * @param change the request's id
 * @param key the key's id
 * @param run the run that switches it off, or has switched it off
 * @param restores whether the request switches it on
 * @param lasting a hash of everything that switching does not change
 * @param row the row before the key was switched off
 * @param off the row while the key was off; null: not read yet
 * @param hides whether a key that is off is not shown
 */
record HeldKey(String change, String key, long run, boolean restores, String lasting, Map<String, @Nullable String> row,
		@Nullable Map<String, @Nullable String> off, boolean hides) {

	private static final int SECONDS = 10;

	private static final int MILLISECONDS = 13;

	/**
	 * {@return the stored state; null: it is not from here}
	 */
	static @Nullable HeldKey of(@Nullable String stored) {
		try {
			HeldKey held = (stored != null) ? Json.MAPPER.readValue(stored, HeldKey.class) : null;
			return (held == null || !isWhole(held)) ? null : held;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	@SuppressWarnings("ConstantValue") // A stored text may lack any part.
	private static boolean isWhole(HeldKey held) {
		return (Object) held.change != null && (Object) held.key != null && (Object) held.lasting != null
				&& (Object) held.row != null;
	}

	/**
	 * {@return the text to store}
	 */
	String text() {
		return Json.MAPPER.writeValueAsString(this);
	}

	/**
	 * {@return the state to store after the key was read as off}
	 * @param visible its row without hidden columns; null: it is not shown
	 */
	HeldKey seenOff(@Nullable Map<String, @Nullable String> visible) {
		return new HeldKey(this.change, this.key, this.run, this.restores, this.lasting, this.row, visible,
				visible == null);
	}

	/**
	 * {@return the state to store before the key is switched on}
	 * @param name the request's id
	 * @param visible its current row; null: it is not shown
	 */
	HeldKey restoring(String name, @Nullable Map<String, @Nullable String> visible) {
		return new HeldKey(name, this.key, this.run, true, this.lasting, this.row, visible, visible == null);
	}

	/**
	 * {@return whether the key is unchanged since it was switched off, except for its
	 * last use}
	 * @param visible its current row
	 */
	boolean isLeftAlone(KeyState now, Map<String, @Nullable String> visible) {
		if (!now.isOff()) {
			return false;
		}
		KeyRecord shown = now.key();
		if (shown == null) {
			return this.hides;
		}
		return (this.off != null) ? isSame(this.off, visible, shown)
				: !this.hides && this.lasting.equals(KeyState.lasting(shown));
	}

	/**
	 * {@return whether a row is unchanged, except for the key's last use and the last
	 * attempt at one}
	 */
	static boolean isSame(Map<String, @Nullable String> was, Map<String, @Nullable String> is, KeyRecord now) {
		Set<String> columns = new HashSet<>(was.keySet());
		columns.addAll(is.keySet());
		Instant used = now.usage().lastUsedAt();
		Instant denied = now.lastDeniedAt();
		return columns.stream()
			.allMatch((column) -> Objects.equals(was.get(column), is.get(column)) || isTime(is.get(column), used)
					|| isTime(is.get(column), denied));
	}

	/**
	 * Finds the column of such a time by its value, since select.sql does not name it.
	 */
	private static boolean isTime(@Nullable String text, @Nullable Instant wanted) {
		if (text == null || wanted == null) {
			return false;
		}
		Instant time = time(text.strip());
		return time != null && time.truncatedTo(ChronoUnit.MICROS).equals(wanted.truncatedTo(ChronoUnit.MICROS));
	}

	private static @Nullable Instant time(String text) {
		try {
			if (text.matches("\\d+")) {
				return switch (text.length()) {
					case SECONDS -> Instant.ofEpochSecond(Long.parseLong(text));
					case MILLISECONDS -> Instant.ofEpochMilli(Long.parseLong(text));
					default -> null;
				};
			}
			String iso = text.replace(' ', 'T');
			return OffsetDateTime.parse(iso.matches(".*(?:Z|[+-]\\d\\d:?\\d\\d)") ? iso : iso + "Z").toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * {@return a copy in a fixed order}
	 */
	static Map<String, @Nullable String> copy(Map<String, @Nullable String> row) {
		return new TreeMap<>(row);
	}

	@Override
	public String toString() {
		return "stored state of " + this.key;
	}

}
