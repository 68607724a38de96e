package io.keysteward.source.postgresql;

import io.keysteward.source.definition.Definition;
import org.jspecify.annotations.Nullable;

/**
 * A definition in {@code config/sources} of a system that is read by SQL.
 *
 * @param common what every kind of source has
 * @param probe one statement, one boolean; null: nothing is asked
 * @param select one statement, one row per key
 * @param knownSince asks since when use is recorded; null: that is written down, or was
 * ever so
 * @param rowSecurity whether the role is meant to see only some of the rows
 * @param rows the most rows that are updated to switch one key
 * @param disable the statement that switches one key off; null: none
 * @param restore the statement that switches one key on again; null: none
 */
record SqlDefinition(Definition common, @Nullable String probe, String select, @Nullable String knownSince,
		boolean rowSecurity, int rows, @Nullable SwitchSql disable, @Nullable SwitchSql restore) {

	static final String SELECT = Definition.SELECT;

	static final String DISABLE = Definition.DISABLE_SQL;

	static final String RESTORE = Definition.RESTORE_SQL;

	/**
	 * {@return a file of the folder, for messages}
	 */
	String file(String fileName) {
		return this.common.file(fileName);
	}

	/**
	 * {@return the definition with another select}
	 */
	SqlDefinition withSelect(String other) {
		return new SqlDefinition(this.common, this.probe, other, this.knownSince, this.rowSecurity, this.rows,
				this.disable, this.restore);
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
