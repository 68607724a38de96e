package io.keysteward.source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Compares two readings of one key, column by column, as the inventory stores them.
 */
public final class Difference {

	private static final int SHOWN = 60;

	private Difference() {
	}

	/**
	 * {@return what has changed of a key since it was read, in words; null: nothing}
	 * @param read the key as it was read; of refused attempts the newest that any reading
	 * has seen, which its source may have forgotten
	 * @param is the key now; null: its source does not show it any more
	 */
	public static @Nullable String since(KeyRecord read, @Nullable KeyRecord is) {
		String changed = between(read, is, Set.of());
		return (changed != null || is == null || !isTried(read, is)) ? changed : words(KeyColumn.LAST_DENIED_AT,
				value(read, KeyColumn.LAST_DENIED_AT), value(is, KeyColumn.LAST_DENIED_AT));
	}

	private static boolean isTried(KeyRecord read, KeyRecord is) {
		Instant before = stored(read.lastDeniedAt());
		Instant now = stored(is.lastDeniedAt());
		return now != null && (before == null || now.isAfter(before));
	}

	/**
	 * {@return the columns that differ with old and new values, in words; null: none.
	 * Refused attempts make no difference: whoever tries a key must not be able to keep
	 * it from being restored}
	 * @param was the key as it was read
	 * @param is the key now; null: its source does not show it any more
	 * @param changing columns that may differ
	 */
	public static @Nullable String between(KeyRecord was, @Nullable KeyRecord is, Set<KeyColumn> changing) {
		if (is == null) {
			return "the key is not shown any more";
		}
		if (is.dataError() != null && !is.dataError().equals(was.dataError())) {
			return "the key cannot be read as a key any more: " + SafeText.visible(is.dataError());
		}
		String words = Arrays.stream(KeyColumn.values())
			.filter((column) -> !changing.contains(column) && column != KeyColumn.LAST_DENIED_AT)
			.filter((column) -> !Objects.equals(value(was, column), value(is, column)))
			.map((column) -> words(column, value(was, column), value(is, column)))
			.collect(Collectors.joining("; "));
		return words.isEmpty() ? null : words;
	}

	private static @Nullable Object value(KeyRecord key, KeyColumn column) {
		return switch (column) {
			case KEY_ID -> key.id().id();
			case NAME -> key.name();
			case MASKED_KEY -> key.maskedKey();
			case PROJECT_ID -> key.project().id();
			case PROJECT_NAME -> key.project().name();
			case PROJECT_STATE -> key.project().state();
			case OWNER_ID -> key.owner().id();
			case OWNER_NAME -> key.owner().name();
			case OWNER_EMAIL -> key.owner().email();
			case OWNER_STATE -> key.owner().state();
			case CREATED_AT -> stored(key.createdAt());
			case LAST_USED_AT -> stored(key.usage().lastUsedAt());
			case EXPIRES_AT -> stored(key.expiresAt());
			case STATUS -> key.status();
			case KIND -> key.kind();
			case LAST_DENIED_AT -> stored(key.lastDeniedAt());
			case REFERENCED_BY -> key.referencedBy();
		};
	}

	/** The inventory keeps microseconds. */
	private static @Nullable Instant stored(@Nullable Instant time) {
		return (time != null) ? time.truncatedTo(ChronoUnit.MICROS) : null;
	}

	private static String words(KeyColumn column, @Nullable Object was, @Nullable Object is) {
		return column.columnName()
				+ ((column == KeyColumn.MASKED_KEY) ? " is another one" : " was " + shown(was) + ", is " + shown(is));
	}

	private static String shown(@Nullable Object value) {
		if (value instanceof Enum<?> word) {
			return word.name().toLowerCase(Locale.ROOT);
		}
		if (value instanceof String text) {
			return "'" + SafeText.beginning(SafeText.visible(text), SHOWN) + "'";
		}
		return (value != null) ? value.toString() : "null";
	}

}
