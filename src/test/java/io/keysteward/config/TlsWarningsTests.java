package io.keysteward.config;

import java.util.List;

import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code check} says of servers that nobody verifies.
 */
class TlsWarningsTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url",
			"jdbc:postgresql://localhost/keysteward");

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql://db.example.com/keys",
			"jdbc:postgresql://db.example.com/keys?sslmode=require",
			"jdbc:postgresql://db.example.com/keys?sslmode=verify-ca",
			"jdbc:postgresql://db.example.com/keys?ssl=false", "jdbc:postgresql://db.example.com/keys?sslmode=wrong",
			"jdbc:postgresql://localhost,db.example.com/keys?sslmode=prefer" })
	void aDatabaseElsewhereIsToBeVerified(String url) {
		assertThat(warnings(url)).singleElement()
			.asString()
			.startsWith("keysteward.sources[console].datasource.url: ")
			.contains("db.example.com", "sslmode=verify-full");
		this.environment.setProperty("spring.datasource.url", url);
		assertThat(warnings(null)).singleElement().asString().startsWith("spring.datasource.url: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql://db.example.com/keys?sslmode=verify-full",
			"jdbc:postgresql://db.example.com/keys?ssl=true", "jdbc:postgresql://localhost:5433/keys",
			"jdbc:postgresql://127.0.0.1/keys", "jdbc:postgresql://[::1]/keys", "jdbc:postgresql:keys" })
	void oneThatIsVerifiedOrOnThisMachineIsWell(String url) {
		assertThat(warnings(url)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql://ada:s3cret@db.example.com/keys",
			"jdbc:postgresql://ada:1/s3cret@db.example.com/keys", "jdbc:postgresql://ada:s3cret,db.example.com/keys" })
	void whatIsNoHostIsNotShownAsOne(String url) {
		assertThat(warnings(url)).isEmpty();
	}

	@Test
	void whatThePoolHandsToTheDriverCounts() {
		this.environment.setProperty("spring.datasource.url", "jdbc:postgresql://db.example.com/keysteward");
		this.environment.setProperty("spring.datasource.hikari.data-source-properties.sslmode", "verify-full");
		assertThat(warnings(null)).isEmpty();
	}

	@Test
	void aMailServerElsewhereIsToSpeakTls() {
		this.environment.setProperty("spring.mail.host", "mail.example.com");
		assertThat(warnings(null)).singleElement().asString().contains("starttls.required", "mail.example.com");
		this.environment.setProperty("spring.mail.properties.[mail.smtp.starttls.required]", "true");
		assertThat(warnings(null)).isEmpty();
		this.environment.setProperty("spring.mail.properties.[mail.smtp.starttls.required]", "false");
		this.environment.setProperty("spring.mail.ssl.enabled", "true");
		assertThat(warnings(null)).isEmpty();
		this.environment.setProperty("spring.mail.ssl.enabled", "false");
		this.environment.setProperty("spring.mail.host", "localhost");
		assertThat(warnings(null)).isEmpty();
	}

	private List<String> warnings(@Nullable String url) {
		SourceSettings.Datasource own = (url != null) ? new SourceSettings.Datasource(url, "reader", "x") : null;
		return new TlsWarnings(this.environment)
			.warnings(List.of(new SourceSettings("console", null, own, null, null, null, null)), null);
	}

}
