package io.keysteward.cli;

import io.keysteward.text.Failure;

/**
 * How many, as somebody wrote it.
 */
final class WholeNumber {

	private WholeNumber() {
	}

	/**
	 * {@return the number that was given to an option: at least one, and not too many}
	 */
	static int of(String option, String written, int most) {
		try {
			int number = Integer.parseInt(written);
			if (number >= 1 && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Said below, as of a number out of range.
		}
		throw Failure.configuration(option + ": '" + written + "' is not allowed; 1 to " + most);
	}

}
