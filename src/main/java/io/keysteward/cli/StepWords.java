package io.keysteward.cli;

/**
 * Describes the steps of a run for people.
 */
final class StepWords {

	private StepWords() {
	}

	/**
	 * {@return what the step does, such as {@code reading the sources}}
	 * @param step the step's name in the job
	 */
	static String of(String step) {
		return switch (step) {
			case "openRun" -> "asking the sources whether they answer";
			case "takeInventory" -> "reading the sources";
			case "reconcileFindings" -> "following the findings";
			case "planDisabling" -> "deciding which keys are due";
			case "disableKeys" -> "disabling keys";
			case "sendNotices" -> "mailing owners";
			case "writeReport" -> "writing the workbook";
			case "sendReport" -> "mailing the report";
			case "closeRun" -> "completing the run";
			default -> step;
		};
	}

}
