package io.keysteward.policy.rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceholderNamesTests {

	private final PlaceholderNames placeholders = PlaceholderNames.shipped();

	@Test
	void theListHasAVersionForThePolicysText() {
		assertThat(this.placeholders.version()).matches("[0-9]+");
	}

	@Test
	void everyNameOnTheListIsFound() {
		assertThat(this.placeholders.names()).hasSizeGreaterThan(150)
			.doesNotContain("")
			.allMatch(this.placeholders::contains);
	}

	@Test
	void everyNameOnTheListIsFoundWithANumberOrTheWordCopy() {
		assertThat(this.placeholders.names()).allMatch((name) -> this.placeholders.contains(name + "12"))
			.allMatch((name) -> this.placeholders.contains(name + " (3)"))
			.allMatch((name) -> this.placeholders.contains(name + " - copy"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a", "7", "(1)", "billing", "billing 2", "billing copy", "copy billing", "test)", "1 test" })
	void otherNamesAreNot(String name) {
		assertThat(this.placeholders.contains(name)).isFalse();
	}

}
