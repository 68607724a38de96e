package io.keysteward.key;

import java.util.Locale;

/**
 * The canonical columns of a key's record, in the order of sheets and tables.
 */
public enum KeyColumn {

	/** Not null, unique within the source. */
	KEY_ID,

	/** The name that the owner gave the key. */
	NAME,

	/** Masked, for display. */
	MASKED_KEY,

	/** The project's id. */
	PROJECT_ID,

	/** The project's name. */
	PROJECT_NAME,

	/** {@code ok}, {@code deleted}, {@code missing} or null. */
	PROJECT_STATE,

	/** The owner's id. */
	OWNER_ID,

	/** The owner's name. */
	OWNER_NAME,

	/** The owner's address. */
	OWNER_EMAIL,

	/** {@code ok}, {@code disabled}, {@code missing} or null. */
	OWNER_STATE,

	/** Timestamp with time zone. */
	CREATED_AT,

	/**
	 * Timestamp with time zone; what null means is declared by {@code usage.recorded}.
	 */
	LAST_USED_AT,

	/** Timestamp with time zone. */
	EXPIRES_AT,

	/** {@code active}, {@code disabled} or {@code expired}. */
	STATUS,

	/** The source's own word for the kind of key. */
	KIND,

	/**
	 * Timestamp with time zone: the last time that somebody tried the key and was
	 * refused.
	 */
	LAST_DENIED_AT,

	/** What else still names the key; null or empty: nothing does. */
	REFERENCED_BY;

	/**
	 * {@return the name in {@code select.sql}, in the tables and in the commands' output}
	 */
	public String columnName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * {@return whether the column holds a timestamp with time zone; all others hold text}
	 */
	public boolean isTime() {
		return this == CREATED_AT || this == LAST_USED_AT || this == EXPIRES_AT || this == LAST_DENIED_AT;
	}

}
