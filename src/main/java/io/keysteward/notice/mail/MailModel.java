package io.keysteward.notice.mail;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The content of the governance mail for the templates.
 *
 * @param subject its subject
 * @param heading the run, in words
 * @param summary the state in one sentence
 * @param replaces whether it replaces an incomplete report that may have been sent
 * @param failed the sources that could not be read
 * @param alarms alarms about disabled keys
 * @param warnings other faults of the run or a source
 * @param figures the state in a few figures
 * @param changes the changes since the last run in a few figures; empty: no last run
 * @param done what was done and what was held
 * @param rules findings by rule
 * @param sources the sums of each source's rows
 * @param reportTitle the title of the report that it attaches or names
 * @param report the place of that report, in one sentence
 * @param facts facts about the run for an auditor
 */
record MailModel(String subject, String heading, String summary, boolean replaces, List<FailedSource> failed,
		List<String> alarms, List<String> warnings, List<Figure> figures, List<Figure> changes, List<String> done,
		List<RuleLine> rules, List<SourceLine> sources, String reportTitle, String report, List<Fact> facts) {

	/**
	 * A source that could not be read.
	 *
	 * @param title its title
	 * @param fault the reason, in one line
	 */
	record FailedSource(String title, String fault) {
	}

	/**
	 * A figure at the top of the mail.
	 *
	 * @param value the figure
	 * @param label its label
	 * @param tone {@code bad}, {@code warn}, {@code good} or {@code plain}
	 */
	record Figure(String value, String label, String tone) {
	}

	/**
	 * Open findings of a rule.
	 *
	 * @param code the rule's code
	 * @param definition its definition; null: not known
	 * @param violations how many at {@code VIOLATION}
	 * @param warnings how many at {@code WARN}
	 */
	record RuleLine(String code, @Nullable String definition, String violations, String warnings) {
	}

	/**
	 * The sums of a source's rows.
	 *
	 * @param title its title
	 * @param read rows that were read
	 * @param flagged keys with a finding
	 * @param rest the other rows, as a sum
	 */
	record SourceLine(String title, String read, String flagged, String rest) {
	}

	/**
	 * A fact of the run.
	 *
	 * @param label its title
	 * @param value its value
	 */
	record Fact(String label, String value) {
	}

}
