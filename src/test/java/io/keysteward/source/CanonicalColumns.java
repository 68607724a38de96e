package io.keysteward.source;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * A system for tests that has the canonical columns: their names, and what stands there
 * for a key.
 */
public final class CanonicalColumns {

	public static final List<KeyColumn> ALL = Arrays.asList(KeyColumn.values());

	/** In the order of {@link #ALL}, with commas between them. */
	public static final String NAMES = ALL.stream().map(KeyColumn::columnName).collect(Collectors.joining(", "));

	private CanonicalColumns() {
	}

	/**
	 * {@return the values of a key, in the order of {@link #ALL}}
	 * @param time makes of a time what the system has for it
	 */
	public static List<@Nullable Object> values(KeyRecord key, Function<Instant, Object> time) {
		return Arrays.asList(ALL.stream().map((column) -> value(key, column, time)).toArray());
	}

	/**
	 * {@return the value of a column; null: the key has none}
	 * @param time makes of a time what the system has for it
	 */
	public static @Nullable Object value(KeyRecord key, KeyColumn column, Function<Instant, Object> time) {
		Object value = value(key, column);
		return (value instanceof Instant instant) ? time.apply(instant) : value;
	}

	private static @Nullable Object value(KeyRecord key, KeyColumn column) {
		return switch (column) {
			case KEY_ID -> key.id().id();
			case NAME -> key.name();
			case MASKED_KEY -> key.maskedKey();
			case PROJECT_ID -> key.project().id();
			case PROJECT_NAME -> key.project().name();
			case PROJECT_STATE -> word(key.project().state());
			case OWNER_ID -> key.owner().id();
			case OWNER_NAME -> key.owner().name();
			case OWNER_EMAIL -> key.owner().email();
			case OWNER_STATE -> word(key.owner().state());
			case CREATED_AT -> key.createdAt();
			case LAST_USED_AT -> key.usage().lastUsedAt();
			case EXPIRES_AT -> key.expiresAt();
			case STATUS -> word(key.status());
			case KIND -> key.kind();
			case LAST_DENIED_AT -> key.lastDeniedAt();
			case REFERENCED_BY -> key.referencedBy();
		};
	}

	private static @Nullable String word(@Nullable Enum<?> value) {
		return (value != null) ? value.name().toLowerCase(Locale.ROOT) : null;
	}

}
