package io.keysteward.source.postgresql;

import io.keysteward.source.definition.Definition;
import org.jspecify.annotations.Nullable;

/**
 * A definition in {@code config/sources} of a system that is read by SQL.
 *
 * @param common the part that every kind of source has
 * @param probe a statement that returns one boolean
 * @param select a statement that returns one row per key
 * @param knownSince a statement that returns the start of recording use; null: it is
 * written down, or use is known from the start
 * @param rowSecurity whether the role is meant to see only some of the rows
 * @param rows the most rows that are updated to switch one key
 * @param disable the statement that switches one key off; null: none
 * @param restore the statement that switches one key on again; null: none
 */
record SqlDefinition(Definition common, String probe, String select, @Nullable String knownSince, boolean rowSecurity,
		int rows, @Nullable SwitchSql disable, @Nullable SwitchSql restore) {

	static final String SELECT = "select.sql";

	static final String DISABLE = "disable.sql";

	static final String RESTORE = "restore.sql";

	/**
	 * {@return a file of the folder, for messages}
	 */
	String file(String fileName) {
		return this.common.file(fileName);
	}

	/**
	 * {@return why Keysteward can never disable keys of the system; null: it can}
	 */
	@Nullable String obstacle() {
		String obstacle = this.common.obstacle();
		if (obstacle != null) {
			return obstacle;
		}
		if (this.disable == null) {
			return file(DISABLE) + " is missing";
		}
		return (this.restore == null) ? file(RESTORE) + " is missing" : null;
	}

}
