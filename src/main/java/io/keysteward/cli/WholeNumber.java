package io.keysteward.cli;

import io.keysteward.text.Failure;

/**
 * Parses a whole number.
 */
final class WholeNumber {

	private WholeNumber() {
	}

	/**
	 * {@return the number that an option was given, if it lies in range}
	 */
	static int parse(String option, String written, int most) {
		try {
			int number = Integer.parseInt(written);
			if (number >= 1 && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below, like a number out of range.
		}
		throw Failure.configuration(option + ": '" + written + "' is not allowed; 1 to " + most);
	}

}
