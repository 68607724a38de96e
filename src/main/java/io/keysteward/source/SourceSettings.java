package io.keysteward.source;

import java.time.Duration;

import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code keysteward.sources}.
 *
 * @param id the name in reports; required
 * @param definition the folder in {@code config/sources}; null: the same as the id
 * @param datasource where it is; null: the governance database
 * @param statementTimeout the longest that one statement may take; null: five minutes
 */
public record SourceSettings(@Nullable String id, @Nullable String definition, @Nullable Datasource datasource,
		@Nullable Duration statementTimeout) {

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
