package io.keysteward.decision;

import java.time.LocalDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenTimeTests {

	@ParameterizedTest
	@CsvSource({ "46447, false, 2027-03-01T00:00", "44985, true, 2027-03-01T00:00",
			"45700.0416666667, false, 2025-02-12T01:00", "61, false, 1900-03-01T00:00" })
	void aNumberIsTheDayThatAProgramShows(String number, boolean since1904, LocalDateTime time) {
		assertThat(WrittenTime.of(number, since1904)).contains(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "60", "-1", "20270301", "2027-03-01", "next month", "" })
	void whatProgramsShowDifferentlyOrNotAtAllIsNoTime(String text) {
		assertThat(WrittenTime.of(text, false)).isEmpty();
	}

	/** Very many digits take a very long time to be read as a number. */
	@Test
	void aTextOfMoreDigitsThanANumberHasIsNotRead() {
		assertThat(WrittenTime.of("46447." + "0".repeat(94), false)).isPresent();
		assertThat(WrittenTime.of("46447." + "0".repeat(95), false)).isEmpty();
	}

}
