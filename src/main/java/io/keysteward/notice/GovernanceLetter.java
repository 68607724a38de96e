package io.keysteward.notice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.key.Counted;
import io.keysteward.notice.Letter.Fact;
import io.keysteward.notice.Letter.FailedSource;
import io.keysteward.notice.Letter.Figure;
import io.keysteward.notice.Letter.RuleLine;
import io.keysteward.notice.Letter.SourceLine;
import io.keysteward.run.Keeping;
import io.keysteward.run.PolicyDocument.RuleText;
import io.keysteward.run.Run;
import io.keysteward.run.RunExemption;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.RuleTotals;
import io.keysteward.run.Totals.SourceTotals;
import org.jspecify.annotations.Nullable;

/**
 * Puts a run into the words of the governance mail.
 */
final class GovernanceLetter {

	private static final Totals NOTHING = new Totals(List.of(), List.of(), 0, 0, 0, 0);

	private final Run run;

	private final List<RunSource> sources;

	private final List<RunSource> failed;

	private final Totals totals;

	private final DisablingWords disabling;

	private final List<RunExemption> unfit;

	private final boolean incomplete;

	private final long violations;

	private final long warnings;

	private GovernanceLetter(Run run, List<RunSource> sources, RunEvents.Events events) {
		this.run = run;
		this.sources = sources;
		this.failed = sources.stream().filter((source) -> source.status() != RunSource.Status.READ).toList();
		this.totals = (run.totals() != null) ? run.totals() : NOTHING;
		this.disabling = new DisablingWords(run, events);
		this.unfit = events.unfit();
		this.incomplete = !this.failed.isEmpty() || events.untold() != null || GovernanceMail.notYet(run) > 0;
		this.violations = level("VIOLATION");
		this.warnings = level("WARN");
	}

	static Letter of(Run run, List<RunSource> sources, RunEvents.Events events, Workbook workbook,
			@Nullable String environment, boolean replaces) {
		return new GovernanceLetter(run, sources, events).letter(workbook, environment, replaces);
	}

	private Letter letter(Workbook workbook, @Nullable String environment, boolean replaces) {
		String subject = "[Keysteward]" + ((environment != null) ? "[" + environment + "]" : "") + " "
				+ VisibleText.of(this.run.dated(" ")) + ": " + this.disabling.alarmed() + state()
				+ this.disabling.outcome();
		return new Letter(subject, heading(environment), summary(), replaces, failedSources(), this.disabling.alarms(),
				warningLines(), figures(), changes(), this.disabling.done(), ruleLines(), sourceLines(),
				place(workbook), facts(workbook));
	}

	private String state() {
		if (nothingRead()) {
			return "INCOMPLETE, no source could be read";
		}
		return (this.incomplete ? "INCOMPLETE, " : "") + Words.count(this.violations, "violation") + ", "
				+ Words.count(this.warnings, "warning");
	}

	private String heading(@Nullable String environment) {
		return "Run " + VisibleText.of(this.run.key()) + ((environment != null) ? ", " + environment : "");
	}

	private String summary() {
		if (nothingRead()) {
			return "No source could be read, so this run says nothing about any key.";
		}
		return found() + (this.failed.isEmpty() ? "." : "; " + Words.count(this.failed.size(), "source") + " of "
				+ this.sources.size() + " could not be read.");
	}

	private String found() {
		long flagged = this.totals.flaggedKeys();
		if (flagged == 0) {
			return "None of " + Words.count(this.totals.judged(), "judged key") + " is flagged";
		}
		return Words.count(flagged, "key") + " of " + Words.number(this.totals.judged()) + " judged "
				+ Counted.word(flagged, "is", "are") + " flagged";
	}

	private List<FailedSource> failedSources() {
		return this.failed.stream()
			.map((source) -> new FailedSource(name(source),
					(source.fault() != null) ? VisibleText.of(source.fault()) : "It was not read to the end."))
			.toList();
	}

	private List<String> warningLines() {
		List<String> lines = new ArrayList<>();
		for (RunSource source : this.sources) {
			if (source.remasked() != null && source.remasked() > 0) {
				lines.add(name(source) + ": " + shownSecrets(source, source.remasked())
						+ ". Nothing of it was stored unmasked. Correct its select.sql.");
			}
		}
		for (RunSource source : this.sources) {
			if (source.goneBack() != null && source.goneBack() > 0) {
				lines.add(name(source) + " forgets uses: of " + Words.count(source.goneBack(), "key")
						+ " it shows an older last use than an earlier run has seen, or none. The newest one counts; the"
						+ " sheet Data errors names the keys.");
			}
		}
		for (SourceTotals source : this.totals.sources()) {
			if (source.hasManyDataErrors()) {
				lines.add(Words.number(source.dataErrors()) + " of " + Words.count(source.read(), "key") + " of "
						+ name(source.source())
						+ " could not be judged: the sheet Data errors says why. See whether its"
						+ " select.sql is right.");
			}
			if (!source.reconciles()) {
				lines.add("The control totals of " + name(source.source()) + " do not reconcile: "
						+ Words.count(source.read(), "row") + " read, " + given(source) + Words.number(source.stored())
						+ " stored. Do not rely on this report.");
			}
		}
		if (this.run.narrowed()) {
			lines.add("This run was narrowed to " + narrowedTo() + ": other keys were not looked at.");
		}
		lines.addAll(unfitLines());
		lines.addAll(this.disabling.unsent());
		return lines;
	}

	private List<String> unfitLines() {
		List<String> lines = new ArrayList<>(this.unfit.stream()
			.limit(RunEvents.MOST)
			.map((exemption) -> "Exemption " + exemption.id() + " protects no key: "
					+ VisibleText.of(exemption.covers()) + ". Correct it, or take it out.")
			.toList());
		if (this.unfit.size() > RunEvents.MOST) {
			lines.add(Words.number(this.unfit.size() - RunEvents.MOST)
					+ " more exemptions protect no key: see the sheet Exemptions.");
		}
		return lines;
	}

	private static String shownSecrets(RunSource source, long rows) {
		return (source.fault() != null) ? VisibleText.of(source.fault())
				: "masked_key of " + Words.count(rows, "key") + " hides nothing or too little of the secret";
	}

	private static String given(SourceTotals source) {
		return (source.kept() != null) ? Words.number(source.kept().given()) + " of them to be stored, " : "";
	}

	private String narrowedTo() {
		String projects = this.run.projects().isEmpty() ? ""
				: " and project " + VisibleText.of(String.join(", ", this.run.projects()));
		return "source " + VisibleText.of(String.join(", ", this.run.sources())) + projects;
	}

	private List<Figure> figures() {
		if (nothingRead()) {
			return List.of();
		}
		return List.of(
				new Figure(Words.number(this.violations), Counted.noun(this.violations, "violation"),
						(this.violations > 0) ? "bad" : "good"),
				new Figure(Words.number(this.warnings), Counted.noun(this.warnings, "warning"),
						(this.warnings > 0) ? "warn" : "good"),
				new Figure(Words.number(this.totals.flaggedKeys()),
						Counted.noun(this.totals.flaggedKeys(), "key") + " flagged", "plain"));
	}

	private List<Figure> changes() {
		if (this.run.baselineId() == null || nothingRead()) {
			return List.of();
		}
		List<Figure> changes = new ArrayList<>(List.of(
				new Figure(Words.number(this.totals.newFindings()), "new",
						(this.totals.newFindings() > 0) ? "warn" : "plain"),
				new Figure(Words.number(this.totals.worseFindings()), "worse",
						(this.totals.worseFindings() > 0) ? "bad" : "plain"),
				new Figure(Words.number(this.totals.resolvedFindings()), "resolved",
						(this.totals.resolvedFindings() > 0) ? "good" : "plain")));
		if (this.totals.endedByDisabling() > 0) {
			changes.add(new Figure(Words.number(this.totals.endedByDisabling()), "ended by disabling", "plain"));
		}
		return changes;
	}

	private List<RuleLine> ruleLines() {
		Map<String, @Nullable String> rules = new LinkedHashMap<>();
		for (RuleText rule : this.run.policy().rules()) {
			rules.put(rule.code(), VisibleText.of(rule.definition()));
		}
		for (RuleTotals line : this.totals.findings()) {
			rules.putIfAbsent(line.rule(), null);
		}
		List<RuleLine> lines = new ArrayList<>();
		rules.forEach((code, definition) -> lines.add(new RuleLine(VisibleText.of(code), definition,
				Words.number(this.totals.count(code, "VIOLATION")), Words.number(this.totals.count(code, "WARN")))));
		return lines;
	}

	private List<SourceLine> sourceLines() {
		return this.totals.sources()
			.stream()
			.map((source) -> new SourceLine(name(source.source()), Words.number(source.read()),
					Words.number(source.flagged()), rest(source)))
			.toList();
	}

	private static String rest(SourceTotals source) {
		return Words.number(source.judged()) + " judged, " + Words.number(source.notActive()) + " not active, "
				+ Words.number(source.notGoverned()) + " not governed, "
				+ Words.count(source.dataErrors(), "data error");
	}

	private static String place(Workbook workbook) {
		return workbook.attached() ? "Attached: " + workbook.name() + " (" + workbook.size() + ")"
				: workbook.whyNot() + " (" + workbook.size() + "). " + workbook.place();
	}

	private List<Fact> facts(Workbook workbook) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Run key", VisibleText.of(this.run.key())));
		facts.add(new Fact("As of", Words.utc(this.run.asOf())));
		for (RunSource source : this.sources) {
			if (source.snapshotAt() != null) {
				facts.add(new Fact("Snapshot of " + VisibleText.of(source.source()), Words.utc(source.snapshotAt())));
			}
		}
		facts.add(new Fact("Started by",
				VisibleText.of(this.run.requestedBy()) + " (" + VisibleText.of(this.run.trigger()) + ")"));
		facts.add(new Fact("Policy", VisibleText.of(this.run.policy().preset())));
		facts.add(new Fact("Policy SHA-256", VisibleText.of(this.run.policySha256())));
		if (this.run.keeps() == Keeping.FLAGGED) {
			facts.add(new Fact("Kept", "flagged keys and data errors, not all keys"));
		}
		facts.add(new Fact("Workbook SHA-256", VisibleText.of(workbook.sha256())));
		return facts;
	}

	private String name(String id) {
		return this.sources.stream()
			.filter((source) -> source.source().equals(id))
			.map(GovernanceLetter::name)
			.findFirst()
			.orElse(VisibleText.of(id));
	}

	private static String name(RunSource source) {
		return VisibleText.of(source.title()) + " (" + VisibleText.of(source.source()) + ")";
	}

	private boolean nothingRead() {
		return this.failed.size() == this.sources.size();
	}

	private long level(String level) {
		return this.totals.findings()
			.stream()
			.filter((line) -> line.level().equals(level))
			.mapToLong(RuleTotals::keys)
			.sum();
	}

}
