package io.keysteward.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing of a URL but scheme, host, port and database is ever shown.
 */
class ShownUrlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "jdbc:postgresql://db.example.com:5432/keys | jdbc:postgresql://db.example.com:5432/keys",
					"jdbc:postgresql://a:1,b:2/keys?targetServerType=primary | jdbc:postgresql://a:1,b:2/keys",
					"jdbc:postgresql://[::1]:5432/keys | jdbc:postgresql://[::1]:5432/keys",
					"jdbc:postgresql://h/k?user=s3cret&password=s3cret | jdbc:postgresql://h/k",
					"jdbc:postgresql://ada:s3cret@h:5432/k | jdbc:postgresql:…",
					"jdbc:postgresql://ada:s3/cret@h:5432/k | jdbc:postgresql:…",
					"jdbc:postgresql://ada:s3?cret@h:5432/k | jdbc:postgresql:…",
					"jdbc:postgresql://ada:s3cret/k | jdbc:postgresql:…",
					"jdbc:postgresql://ada:1/s3cret@h/k | jdbc:postgresql:…",
					"jdbc:postgresql://h/k;password=s3cret | jdbc:postgresql://h",
					"jdbc:oracle:thin:s3cret/s3cret@h | jdbc:oracle:…",
					"jdbc:sqlserver://h;password=s3cret | jdbc:sqlserver:…", "postgres://h/k | postgres://h/k",
					"https://otlp.example.com:4318/v1/s3cret/metrics | https://otlp.example.com:4318",
					"https://otlp.example.com/?token=s3cret | https://otlp.example.com",
					"https://otlp.example.com#s3cret | https://otlp.example.com",
					"https://s3cret@otlp.example.com | https:…", "localhost:5432 | localhost:5432", "s3cret | …",
					"ada:s3cret@h | …", "h:s3cret | …" })
	void aUrlIsShownWithoutWhatMayBeSecret(String url, String shown) {
		assertThat(ShownUrl.of(url)).isEqualTo(shown).doesNotContain("s3cret");
	}

	@Test
	void whatADriverQuotesIsShownLikewise() {
		assertThat(ShownUrl.within("Unable to parse URL jdbc:postgresql://a:s3cret@h/k, or https://h/s3cret?x=s3cret"))
			.isEqualTo("Unable to parse URL jdbc:postgresql:… or https://h");
		assertThat(ShownUrl.within("relation \"k\" does not exist: see 1:2"))
			.isEqualTo("relation \"k\" does not exist: see 1:2");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://h:70000/k, 70000", "'jdbc:postgresql://a:1,b:0/k', 0", "http://h:65536, 65536",
			"jdbc:postgresql://h:65535/k,", "jdbc:postgresql://h/k,", "http://h:1," })
	void aPortThatThereIsNotIsFound(String url, String port) {
		assertThat(ShownUrl.impossiblePort(url).orElse(null)).isEqualTo(port);
	}

}
