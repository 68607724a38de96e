package io.keysteward.notice.mail;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the governance mail says, in words and figures that the templates only set.
 *
 * @param subject its subject
 * @param heading which run it is about
 * @param summary the state in one sentence
 * @param replaces whether it replaces an incomplete report that may have gone before
 * @param failed the sources that could not be read
 * @param alarms disabled keys that are not what they should be
 * @param warnings what else is wrong with the run or a source
 * @param figures the state in a few figures
 * @param changes what changed since the last run in a few figures; empty: no last run
 * @param done what was done, and what was held
 * @param rules findings by rule
 * @param sources what became of each source's rows
 * @param reportTitle what people call the report that it carries or points to
 * @param report where that is, in one sentence
 * @param facts what an auditor wants to know of the run
 */
record MailModel(String subject, String heading, String summary, boolean replaces, List<FailedSource> failed,
		List<String> alarms, List<String> warnings, List<Figure> figures, List<Figure> changes, List<String> done,
		List<RuleLine> rules, List<SourceLine> sources, String reportTitle, String report, List<Fact> facts) {

	/**
	 * A source that could not be read.
	 *
	 * @param title what it is
	 * @param fault why, in one line
	 */
	record FailedSource(String title, String fault) {
	}

	/**
	 * A figure that is seen first.
	 *
	 * @param value the figure
	 * @param label what it counts
	 * @param tone {@code bad}, {@code warn}, {@code good} or {@code plain}
	 */
	record Figure(String value, String label, String tone) {
	}

	/**
	 * Open findings of a rule.
	 *
	 * @param code the rule's code
	 * @param definition what it says of a key; null: not known
	 * @param violations how many at {@code VIOLATION}
	 * @param warnings how many at {@code WARN}
	 */
	record RuleLine(String code, @Nullable String definition, String violations, String warnings) {
	}

	/**
	 * What became of a source's rows.
	 *
	 * @param title what it is
	 * @param read rows that were read
	 * @param flagged keys with a finding
	 * @param rest how the rows that were read add up
	 */
	record SourceLine(String title, String read, String flagged, String rest) {
	}

	/**
	 * A fact of the run.
	 *
	 * @param label what it is
	 * @param value its value
	 */
	record Fact(String label, String value) {
	}

}
