package io.keysteward.faults;

import org.assertj.core.api.AbstractStringAssert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator gets to read: one line, no stack trace, no password.
 */
final class OperatorMessage {

	private OperatorMessage() {
	}

	static AbstractStringAssert<?> oneLine(String err) {
		return assertThat(err).hasLineCount(1)
			.startsWith("keysteward: ")
			.doesNotContain("Exception")
			.doesNotContain(Night.PASSWORD);
	}

	static void noStackTrace(CharSequence output) {
		assertThat(output.toString()).doesNotContainPattern("(?m)^\\s+at [a-z]+\\.")
			.doesNotContain("Caused by:")
			.doesNotContain("Unexpected ")
			.doesNotContain(Night.PASSWORD);
	}

}
