package io.keysteward.source.jdbc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The allowed URLs of foreign databases.
 */
class JdbcUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db.example.com/shop", "jdbc:mariadb://db:3307/shop?sslMode=verify-full",
			"jdbc:mysql://[::1]:3306/shop?useSSL=true&serverTimezone=UTC&zeroDateTimeBehavior=CONVERT_TO_NULL",
			"jdbc:oceanbase://db:2883/shop?useSSL=true", "jdbc:mysql://db/shop?SSLMODE=VERIFY_IDENTITY",
			"jdbc:sqlite:/var/lib/app/keys.db", "jdbc:sqlite:data/keys with blanks.db" })
	void harmlessUrlsAreAllowed(String url) {
		assertThat(JdbcUrl.fault(url)).isEmpty();
		assertThat(JdbcUrl.holdsPassword(url)).isFalse();
	}

	/**
	 * Each parameter runs a class, sends a file, or allows several statements.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "allowMultiQueries=true", "autoDeserialize=true", "allowLoadLocalInfile=true",
			"allowUrlInLocalInfile=true", "queryInterceptors=evil.Class", "allowLocalInfile=true", "socketFactory=x.Y",
			"propertiesTransform=x.Y", "sessionVariables=sql_mode=''", "initSql=DROP+TABLE+k", "useCursorFetch=true",
			"maxRows=5", "logger=x", "%61llowMultiQueries=true", "sslMode=x&allowMultiQueries",
			"dumpQueriesOnException=true", "noSuchThing=1" })
	void nothingElseMay(String parameter) {
		assertThat(JdbcUrl.fault("jdbc:mysql://db/shop?" + parameter))
			.hasValueSatisfying((fault) -> assertThat(fault).contains("is not allowed in it").doesNotContain("evil"));
	}

	@Test
	void aMisspeltParameterIsCorrected() {
		assertThat(JdbcUrl.fault("jdbc:mariadb://db/shop?sslmoed=verify-full"))
			.hasValueSatisfying((fault) -> assertThat(fault)
				.isEqualTo("parameter 'sslmoed' is not allowed in it; did you mean sslMode?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://ada:s3cret@db/shop", "jdbc:mariadb://db/shop?user=ada&password=s3cret",
			"jdbc:mysql://address=(host=db)(password=s3cret)/shop", "jdbc:mysql://(host=db,user=ada)/shop",
			"jdbc:mysql://db/shop?PASSWORD=s3cret", "jdbc:mysql://db/shop?password1=s3cret",
			"jdbc:oceanbase://db/shop?sslMode=x&keyStorePassword=s3cret" })
	void aPasswordIsFound(String url) {
		assertThat(JdbcUrl.holdsPassword(url)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "jdbc:sqlserver://db;databaseName=x | is of no supported database",
					"jdbc:oracle:thin:@db:1521/x | is of no supported database; supported are jdbc:mysql:",
					"jdbc:h2:mem:x | is of no supported database",
					"jdbc:mysql:loadbalance://a,b/x | is of no supported database",
					"jdbc:mysql://a,b/x | must name one host and a database", "jdbc:mysql://db | must name one host",
					"jdbc:mysql://db/ | must name one host", "jdbc:mysql://db:99999/x | a port is a number",
					"jdbc:sqlite::memory: | write jdbc:sqlite: and the path",
					"jdbc:sqlite::resource:http://x/y | path of the file", "jdbc:sqlite: | path of the file",
					"jdbc:sqlite:/x.db?enable_load_extension=true | nothing after it",
					"jdbc:sqlite:file:/x.db?mode=rwc | path of the file" })
	void unsupportedUrlsAreRefused(String url, String fault) {
		assertThat(JdbcUrl.fault(url)).hasValueSatisfying((line) -> assertThat(line).contains(fault));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "jdbc:mariadb://db/x |db", "jdbc:mysql://db:3306/x?sslMode=REQUIRED |db",
			"jdbc:mysql://db/x?sslMode=VERIFY_IDENTITY |", "jdbc:mariadb://db/x?sslMode=verify-full |",
			"jdbc:mariadb://db/x?sslMode=verify-ca |db", "jdbc:oceanbase://db/x?useSSL=true |", "jdbc:sqlite:/x.db |" })
	void anUnverifiedHostIsNamed(String url, String host) {
		assertThat(JdbcUrl.unverifiedHost(url).orElse(null)).isEqualTo(host);
	}

}
