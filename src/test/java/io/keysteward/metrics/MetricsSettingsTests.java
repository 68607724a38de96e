package io.keysteward.metrics;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where figures may be pushed to.
 */
class MetricsSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "gateway:9091 | 'gateway:9091' is not allowed; write a URL such as http",
					"ftp://gateway | 'ftp://gateway' is not allowed", "http://a:b@gateway | holds a password",
					"http://gateway?x=a:b | 'http://gateway' is not allowed",
					"http://gateway:70000/a:b | 'http://gateway:70000' is not", "`` | is not set" })
	void anAddressThatCannotBeOneIsNamed(String url, String line) {
		MetricsSettings wrong = new MetricsSettings(null, new MetricsSettings.Otlp(url, Map.of()));
		assertThatThrownBy(wrong::check).hasMessageContaining("keysteward.metrics.otlp.url: ")
			.hasMessageContaining(line)
			.hasMessageNotContaining("a:b");
	}

	@Test
	void aTokenInAPathIsNotShown() {
		MetricsSettings.Otlp receiver = new MetricsSettings.Otlp("https://otlp.example.com/v1/t0ken/metrics", Map.of());
		assertThat(receiver).hasToString("https://otlp.example.com");
		new MetricsSettings(null, receiver).check();
	}

}
