package io.keysteward.source.postgresql;

import io.keysteward.TestDatabase;
import io.keysteward.source.KeySwitch;
import io.keysteward.text.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a commit that did not go well says of the change.
 */
class CommitFaultTests {

	private final SqlDefinition definition = new SqlDefinitionReader(
			TestSource.create(TestDatabase.empty(), TestSource.YAML, "SELECT 1 AS key_id").config())
		.load("definition", "x");

	private final SqlErrorTranslator faults = new SqlErrorTranslator("x", this.definition, null);

	@ParameterizedTest
	@ValueSource(strings = { "23503", "23514", "40001", "40P01", "25006", "53100", "57014", "P0001" })
	void whatTheServerRefusedHasNotHappenedInWhateverLanguageItSaysSo(String state) {
		assertThat(this.faults.committing(server(state), "disable.sql")).isInstanceOf(Failure.class)
			.hasMessageContaining("disable.sql: nicht erlaubt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "40003", "08006", "08P01", "57P01", "57P02", "58030", "XX000" })
	void aServerThatGoesDownMeanwhileLeavesItUnknown(String state) {
		assertThat(this.faults.committing(server(state), "disable.sql")).isInstanceOf(KeySwitch.UnknownOutcome.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "IN_FAILED_SQL_TRANSACTION", "CONNECTION_FAILURE" })
	void whatTheDriverSaysIsKnownOnlyWhereTheServerAnsweredByRollingBack(PSQLState state) {
		assertThat(this.faults.committing(new PSQLException("no", state), "disable.sql")).isInstanceOf(
				(state == PSQLState.IN_FAILED_SQL_TRANSACTION) ? Failure.class : KeySwitch.UnknownOutcome.class);
	}

	private static PSQLException server(String state) {
		return new PSQLException(new ServerErrorMessage("SFEHLER\0VERROR\0C" + state + "\0Mnicht erlaubt\0"));
	}

}
