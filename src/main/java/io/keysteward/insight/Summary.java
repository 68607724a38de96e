package io.keysteward.insight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.key.Level;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.SourceTotals;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a run: what it read, found and did, in figures and sentences. Text is
 * untrusted.
 *
 * @param run the run
 * @param alerts what nobody must overlook
 * @param figures the most important figures
 * @param read what was read, in words
 * @param sources the result of reading each source
 * @param totals the control totals
 * @param verdict whether the totals reconcile, in words
 * @param controlTotals the totals as sentences
 * @param rules open findings by rule, exempt ones left out
 * @param disabling decisions and actions
 * @param changes the changes since the last run
 * @param remarks further remarks
 * @param states keys by state
 * @param projects the projects with the most findings
 * @param trend the last runs that read everything, the oldest first
 */
public record Summary(Run run, List<String> alerts, List<KeyRows.Figure> figures, String read, List<SourceLine> sources,
		Totals totals, String verdict, List<String> controlTotals, List<RuleLine> rules, DisablingSummary disabling,
		ChangeSummary changes, List<String> remarks, List<KeyRows.Figure> states, List<ProjectFigures> projects,
		List<RunFigures> trend) {

	/**
	 * {@return the summary of a run}
	 * @param remarks the caller's remarks
	 */
	public static Summary read(RunView stored, RunChanges changes, DisableRows actions, List<String> remarks) {
		Run run = stored.run();
		Totals totals = stored.totals();
		Map<Standing, Long> standings = KeyRows.standings(stored);
		DisablingSummary disabling = DisablingSummary.read(stored, actions);
		return new Summary(run, alerts(stored, actions), figures(totals, standings, disabling), read(run),
				stored.sources().stream().map((source) -> SourceLine.of(source, totals)).toList(), totals,
				verdict(reconciles(totals)), controlTotals(stored), rules(run, totals), disabling,
				ChangeSummary.read(stored, changes),
				Stream.concat(remarks.stream(), ForetoldNight.sentences(stored).stream()).toList(),
				KeyRows.states(totals, standings), ProjectFigures.read(stored), RunFigures.read(stored));
	}

	/**
	 * {@return the number of findings at a level without exempt ones}
	 */
	public long findings(Level level) {
		return findings(this.totals, level);
	}

	private static List<String> alerts(RunView stored, DisableRows actions) {
		return Stream
			.concat(stored.unread().stream().map(Summary::incomplete), DisablingSummary.alarms(actions).stream())
			.toList();
	}

	private static String incomplete(RunSource source) {
		return "THIS REPORT IS INCOMPLETE: source '" + source.source() + "' (" + source.title()
				+ ") was not read; none of its keys are counted here. "
				+ ((source.fault() != null) ? source.fault() : "");
	}

	private static List<KeyRows.Figure> figures(Totals totals, Map<Standing, Long> standings,
			DisablingSummary disabling) {
		List<KeyRows.Figure> figures = new ArrayList<>(List.of(new KeyRows.Figure("Keys read", totals.read()),
				new KeyRows.Figure("Flagged keys", totals.flaggedKeys()),
				new KeyRows.Figure("Keys at VIOLATION", standings.getOrDefault(Standing.VIOLATION, 0L))));
		figures.addAll(disabling.figure());
		figures.addAll(List.of(new KeyRows.Figure("New findings", totals.newFindings()),
				new KeyRows.Figure("Worse findings", totals.worseFindings()),
				new KeyRows.Figure("Resolved findings", totals.resolvedFindings()),
				new KeyRows.Figure("Data errors", totals.dataErrors())));
		return figures;
	}

	private static String read(Run run) {
		if (!run.narrowed()) {
			return "everything that is configured";
		}
		String projects = run.projects().isEmpty() ? "" : ", projects " + String.join(", ", run.projects());
		return "narrowed to sources " + String.join(", ", run.sources()) + projects;
	}

	private static List<String> controlTotals(RunView stored) {
		Totals totals = stored.totals();
		String verdict = verdict(reconciles(totals));
		List<String> sentences = new ArrayList<>();
		sentences.add("Control totals: " + totals.read() + " read = " + totals.judged() + " judged + "
				+ Plural.of(totals.dataErrors(), "data error") + " + " + totals.notGoverned() + " not governed + "
				+ totals.notActive() + " not active: " + verdict);
		return sentences;
	}

	private static boolean reconciles(Totals totals) {
		return totals.sources().stream().allMatch(SourceTotals::reconciles);
	}

	private static String verdict(boolean reconciles) {
		return reconciles ? "reconciles" : "DOES NOT RECONCILE";
	}

	/**
	 * {@return a line for each rule that the run judged by, and for each that it has
	 * counted}
	 */
	public static List<RuleLine> rules(Run run, Totals totals) {
		Map<String, @Nullable String> rules = new LinkedHashMap<>();
		run.policy().rules().forEach((rule) -> rules.put(rule.code(), rule.definition()));
		totals.findings().forEach((line) -> rules.putIfAbsent(line.rule(), null));
		List<RuleLine> lines = new ArrayList<>();
		rules.forEach((rule, definition) -> lines
			.add(new RuleLine(rule, definition, totals.count(rule, Level.WARN), totals.count(rule, Level.VIOLATION))));
		return lines;
	}

	/**
	 * {@return all findings at a level, exempt ones left out}
	 */
	public static long findings(Totals totals, Level level) {
		return totals.findings()
			.stream()
			.filter((line) -> line.level() == level)
			.mapToLong(Totals.RuleTotals::keys)
			.sum();
	}

	/**
	 * The result of reading a source.
	 *
	 * @param source the source's id
	 * @param title what it is, and the file that it was read from
	 * @param snapshotAt the time of its snapshot
	 * @param totals its control totals; null: it was not read
	 * @param status whether it was read
	 * @param verdict whether its totals reconcile, in words
	 * @param fault its fault, if any
	 */
	public record SourceLine(String source, String title, @Nullable Instant snapshotAt, @Nullable SourceTotals totals,
			RunSource.Status status, String verdict, @Nullable String fault) {

		private static SourceLine of(RunSource source, Totals totals) {
			SourceTotals counted = totals.sources()
				.stream()
				.filter((line) -> line.source().equals(source.source()))
				.findFirst()
				.orElse(null);
			String title = (source.file() != null) ? source.title() + " (" + source.file() + ")" : source.title();
			return new SourceLine(source.source(), title, source.snapshotAt(), counted, source.status(),
					(counted != null) ? Summary.verdict(counted.reconciles()) : "not read", source.fault());
		}

	}

	/**
	 * Open findings of a rule, exempt ones left out.
	 *
	 * @param rule the rule's code
	 * @param definition what it says; null: the run's policy does not have it
	 * @param warnings those at {@code WARN}
	 * @param violations those at {@code VIOLATION}
	 */
	public record RuleLine(String rule, @Nullable String definition, long warnings, long violations) {

	}

}
