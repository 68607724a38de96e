package io.keysteward.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PluralTests {

	@ParameterizedTest
	@CsvSource({ "0, key, 0 keys", "1, key, 1 key", "2, key, 2 keys", "1, day, 1 day", "21, day, 21 days",
			"1, old inventory, 1 old inventory", "2, old inventory, 2 old inventories" })
	void aNumberHasItsNounInTheFormThatPeopleUse(long number, String noun, String words) {
		assertThat(Plural.of(number, noun)).isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource({ "0, are", "1, is", "2, are" })
	void theVerbGoesWithTheNumber(long number, String verb) {
		assertThat(Plural.word(number, "is", "are")).isEqualTo(verb);
	}

}
