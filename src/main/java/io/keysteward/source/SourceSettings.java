package io.keysteward.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code keysteward.sources}. Which kind of source it is follows from the
 * setting that says where it is: at most one of them is there.
 *
 * @param id the name in reports; required
 * @param definition the folder in {@code config/sources}; null: the same as the id
 * @param datasource the database where it is; null: no database of its own
 * @param files the file that is landed; null: none
 * @param http the address whose lists are landed; null: none
 * @param parameters values for the definition, by their names; null: none
 * @param statementTimeout the longest that one statement, or one answer, may take; null:
 * five minutes
 */
public record SourceSettings(@Nullable String id, @Nullable String definition, @Nullable Datasource datasource,
		@Nullable Files files, @Nullable Http http, @Nullable Map<String, List<String>> parameters,
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
		return this.datasource == null && this.files == null && this.http == null;
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

	/**
	 * A file, or the newest file of a folder.
	 *
	 * @param path the file, or the folder
	 * @param newestOf which files of the folder are meant, such as {@code *.csv}; null:
	 * the path is a file
	 * @param notOlderThan an older file fails the source; required
	 * @param encoding how its characters are stored, such as GB18030; null: it is found
	 * out
	 */
	public record Files(@Nullable String path, @Nullable String newestOf, @Nullable Duration notOlderThan,
			@Nullable String encoding) {
	}

	/**
	 * An HTTP administration API. At most one of the ways of proving who asks is there.
	 *
	 * @param url the address that paths of the definition are added to; HTTPS, unless it
	 * is this machine
	 * @param headers sent with each request; null: none
	 * @param bearer a token for {@code Authorization: Bearer}
	 * @param basic user and password of basic authentication
	 * @param digest user and password of digest authentication (RFC 7616)
	 * @param oauth2 client credentials
	 * @param tokenCommand a program and its arguments, which prints a bearer token
	 * @param sslBundle the name of a bundle under {@code spring.ssl.bundle}, for a
	 * private authority; null: the JDK's authorities
	 */
	public record Http(@Nullable String url, @Nullable Map<String, String> headers, @Nullable String bearer,
			@Nullable Login basic, @Nullable Login digest, @Nullable Oauth2 oauth2, @Nullable List<String> tokenCommand,
			@Nullable String sslBundle) {

		@Override
		public String toString() {
			return "HTTP at " + ShownUrl.of(String.valueOf(this.url));
		}

	}

	/**
	 * A user and a password.
	 */
	public record Login(@Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "Login of " + this.username;
		}

	}

	/**
	 * Client credentials of OAuth 2.0.
	 *
	 * @param tokenUrl where tokens are given
	 * @param clientId who asks
	 * @param clientSecret the secret
	 * @param scope what for; null: nothing is said of it
	 */
	public record Oauth2(@Nullable String tokenUrl, @Nullable String clientId, @Nullable String clientSecret,
			@Nullable String scope) {

		@Override
		public String toString() {
			return "OAuth2 client " + this.clientId;
		}

	}

}
