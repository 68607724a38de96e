package io.keysteward.source;

import java.time.Duration;

import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code keysteward.sources}. Which kind of source it is follows from the
 * setting that says where it is: at most one of them is there.
 *
 * @param id the name in reports; required
 * @param definition the folder in {@code config/sources}; null: the same as the id
 * @param datasource the database where it is; null: no database of its own
 * @param statementTimeout the longest that one statement may take; null: five minutes
 */
public record SourceSettings(@Nullable String id, @Nullable String definition, @Nullable Datasource datasource,
		@Nullable Duration statementTimeout) {

	/**
	 * {@return the folder in {@code config/sources}; null: neither a definition nor an id
	 * is named}
	 */
	public @Nullable String definitionName() {
		return (this.definition != null) ? this.definition : this.id;
	}

	/**
	 * {@return whether the keys are in the governance database, as no setting says that
	 * they are anywhere else}
	 */
	public boolean isInGovernanceDatabase() {
		return this.datasource == null;
	}

	/**
	 * A source's own connection.
	 *
	 * @param url a JDBC URL
	 * @param username the role that reads
	 * @param password its password
	 */
	public record Datasource(@Nullable String url, @Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "Datasource of " + this.username + " at " + ShownUrl.of(String.valueOf(this.url));
		}

	}

}
