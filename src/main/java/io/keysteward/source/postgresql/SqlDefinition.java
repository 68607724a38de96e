package io.keysteward.source.postgresql;

import io.keysteward.source.definition.Definition;
import org.jspecify.annotations.Nullable;

/**
 * What a folder in {@code config/sources} says of a system that is read by SQL.
 *
 * @param common what every kind of source has
 * @param probe one statement, one boolean
 * @param select one statement, one row per key
 * @param knownSince asks since when use is recorded; null: that is written down, or was
 * ever so
 * @param rowSecurity whether the role is meant to see only some of the rows
 * @param rows how many rows are updated at most to switch one key
 * @param disable switches one key off; null: there is none
 * @param restore switches one key on again; null: there is none
 */
record SqlDefinition(Definition common, String probe, String select, @Nullable String knownSince, boolean rowSecurity,
		int rows, @Nullable SwitchSql disable, @Nullable SwitchSql restore) {

	static final String SELECT = "select.sql";

	static final String DISABLE = "disable.sql";

	static final String RESTORE = "restore.sql";

	/**
	 * {@return a file of the folder, as messages name it}
	 */
	String file(String fileName) {
		return this.common.file(fileName);
	}

	/**
	 * {@return why keys of the system can never be disabled by Keysteward; null: they
	 * can}
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
