package io.keysteward.source.jdbc;

import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The single statement of a file, in two dialects.
 */
class StatementTextTests {

	private static final Pattern MYSQL = new MySqlDialect().quotedTexts();

	private static final Pattern SQLITE = new SqliteDialect().quotedTexts();

	@ParameterizedTest
	@ValueSource(strings = { "SELECT ';' FROM k", "SELECT 'it\\'s; ' FROM k", "SELECT `a;b` FROM k;", "SELECT 1 # a; b",
			"SELECT 1 -- a; b\n;;", "SELECT /* ; */ 1", "SELECT \"a;\"\";\" FROM k ; \n", "SELECT 'a'';' FROM k" })
	void aSemicolonThatIsQuotedOrAtTheEndDoesNoHarm(String text) {
		assertThat(StatementText.of("f", text, MYSQL).sql()).startsWith("SELECT");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1; DROP TABLE k", "SELECT 'a'; DROP TABLE k", "SELECT 'a\\'' ; DROP TABLE k",
			"SELECT 1 --1; DROP TABLE k", "SELECT `;`;x", "SELECT 1; /* */ SELECT 2" })
	void aSecondStatementIsRefused(String text) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StatementText.of("f", text, MYSQL))
			.withMessage("f: line 1 ends a first statement and another follows; only one statement is allowed");
	}

	/** In SQLite, a backslash is an ordinary character. */
	@Test
	void inSqliteABackslashEscapesNothing() {
		assertThat(StatementText.of("f", "SELECT '\\', [;], \";\" FROM k", SQLITE).sql()).contains("[;]");
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> StatementText.of("f", "SELECT '\\'; DROP TABLE k --'", SQLITE));
	}

	@Test
	void parametersAreFoundWhereTheyAreNotQuoted() {
		StatementText text = StatementText.of("f", """
				UPDATE k SET a = :run_id, b = ':x', `c:y` = 1, d = @v := 2 -- don't, :z
				WHERE id = :id AND t = '12:30:00' AND a <=> :a # it's :w
				""", MYSQL);
		assertThat(text.parameters()).containsExactly("run_id", "id", "a");
		assertThat(text.compared()).containsExactly("id", "a");
		assertThat(text.sql()).contains("SET a = ?, b = ':x', `c:y` = 1, d = @v := 2 --",
				"WHERE id = ? AND t = '12:30:00'");
	}

	@Test
	void aQuestionMarkWouldTakeTheValueOfAnotherParameter() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> StatementText.of("f", "UPDATE k SET a = ?\nWHERE id = :id", MYSQL))
			.withMessageContaining("f: line 1 has a question mark");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ; ", "-- nothing", "/* open" })
	void nothingIsNoStatement(String text) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> StatementText.of("f", text, MYSQL))
			.withMessage("f: is empty; write one statement");
	}

}
