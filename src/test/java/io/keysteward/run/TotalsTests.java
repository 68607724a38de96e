package io.keysteward.run;

import java.util.List;

import io.keysteward.run.Totals.SourceTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TotalsTests {

	@ParameterizedTest
	@CsvSource({ "0, 0, false", "0, 60, false", "1, 1, true", "3, 3, true", "3, 4, false", "4, 5, true", "4, 40, false",
			"5, 49, true", "51, 60, true", "100, 1000, false", "101, 1000, true" })
	void dataErrorsAreManyWhereTheDefinitionIsMoreLikelyWrongThanTheRows(long errors, long read, boolean many) {
		assertThat(new SourceTotals("s", read, read - errors, errors, 0, 0, 0, 0).hasManyDataErrors()).isEqualTo(many);
	}

	@Test
	void totalsThatWereStoredBeforeCountNothingThatDisablingEnded() {
		Totals stored = new Totals(List.of(), List.of(), 0, 0, 0, 0, null, null);
		assertThat(stored.endedByDisabling()).isZero();
		assertThat(stored).isEqualTo(new Totals(List.of(), List.of(), 0, 0, 0, 0));
	}

}
