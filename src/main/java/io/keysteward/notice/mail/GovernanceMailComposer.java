package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.RunIncidents;
import io.keysteward.insight.SourceText;
import io.keysteward.insight.Summary;
import io.keysteward.key.Level;
import io.keysteward.notice.mail.MailModel.Fact;
import io.keysteward.notice.mail.MailModel.FailedSource;
import io.keysteward.notice.mail.MailModel.Figure;
import io.keysteward.notice.mail.MailModel.RuleLine;
import io.keysteward.notice.mail.MailModel.SourceLine;
import io.keysteward.run.Run;
import io.keysteward.run.RunExemption;
import io.keysteward.run.RunSource;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.SourceTotals;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Writes the text of the governance mail of a run.
 */
final class GovernanceMailComposer {

	private static final Totals NOTHING = new Totals(List.of(), List.of(), 0, 0, 0, 0);

	private final Run run;

	private final List<RunSource> sources;

	private final List<RunSource> failed;

	private final Totals totals;

	private final DisablingText disabling;

	private final List<RunExemption> unfit;

	private final boolean incomplete;

	private final long violations;

	private final long warnings;

	private GovernanceMailComposer(Run run, List<RunSource> sources, RunIncidents.Events events) {
		this.run = run;
		this.sources = sources;
		this.failed = sources.stream().filter((source) -> source.status() != RunSource.Status.READ).toList();
		this.totals = (run.totals() != null) ? run.totals() : NOTHING;
		this.disabling = new DisablingText(run, events);
		this.unfit = events.unfit();
		this.incomplete = !this.failed.isEmpty() || events.notSentReason() != null || GovernanceMail.notYet(run) > 0;
		this.violations = Summary.findings(this.totals, Level.VIOLATION);
		this.warnings = Summary.findings(this.totals, Level.WARN);
	}

	static MailModel of(Run run, List<RunSource> sources, RunIncidents.Events events, ReportAttachment report,
			List<MailedReport> reports, @Nullable String environment, boolean replaces) {
		return new GovernanceMailComposer(run, sources, events).letter(report, reports, environment, replaces);
	}

	private MailModel letter(ReportAttachment report, List<MailedReport> reports, @Nullable String environment,
			boolean replaces) {
		String subject = "[Keysteward]" + ((environment != null) ? "[" + environment + "]" : "") + " "
				+ SafeText.shortened(this.run.dated(" ")) + ": " + this.disabling.alarmed() + state()
				+ this.disabling.outcome();
		return new MailModel(subject, heading(environment), summary(), replaces, failedSources(),
				this.disabling.alarms(), warningLines(), figures(), changes(), this.disabling.done(), ruleLines(),
				sourceLines(), report.title(), place(report), facts(reports));
	}

	private String state() {
		if (nothingRead()) {
			return "INCOMPLETE, no source could be read";
		}
		return (this.incomplete ? "INCOMPLETE, " : "") + MailFormat.count(this.violations, "violation") + ", "
				+ MailFormat.count(this.warnings, "warning");
	}

	private String heading(@Nullable String environment) {
		return "Run " + SafeText.shortened(this.run.key()) + ((environment != null) ? ", " + environment : "");
	}

	private String summary() {
		if (nothingRead()) {
			return "No source could be read, so this run says nothing about any key.";
		}
		return found() + (this.failed.isEmpty() ? "." : "; " + MailFormat.count(this.failed.size(), "source") + " of "
				+ this.sources.size() + " could not be read.");
	}

	private String found() {
		long flagged = this.totals.flaggedKeys();
		if (flagged == 0) {
			return "None of " + MailFormat.count(this.totals.judged(), "judged key") + " is flagged";
		}
		return MailFormat.count(flagged, "key") + " of " + MailFormat.number(this.totals.judged()) + " judged "
				+ Plural.word(flagged, "is", "are") + " flagged";
	}

	private List<FailedSource> failedSources() {
		return this.failed.stream()
			.map((source) -> new FailedSource(name(source),
					(source.fault() != null) ? SafeText.shortened(source.fault()) : "It was not read to the end."))
			.toList();
	}

	private List<String> warningLines() {
		List<String> lines = new ArrayList<>();
		for (RunSource source : this.sources) {
			String shown = SourceText.remasked(source, (keys) -> MailFormat.count(keys, "key"));
			if (shown != null) {
				lines.add(name(source) + ": " + SafeText.shortened(shown)
						+ ". Nothing of it was stored unmasked. Correct its " + source.definitionFile() + ".");
			}
		}
		for (RunSource source : this.sources) {
			if (source.goneBack() != null && source.goneBack() > 0) {
				lines.add(name(source) + " forgets uses: of " + MailFormat.count(source.goneBack(), "key")
						+ " it shows an older last use than an earlier run has seen, or none. The newest one counts; the"
						+ " sheet Data errors names the keys.");
			}
		}
		for (SourceTotals source : this.totals.sources()) {
			if (source.hasManyDataErrors()) {
				lines.add(MailFormat.number(source.dataErrors()) + " of " + MailFormat.count(source.read(), "key")
						+ " of " + name(source.source())
						+ " could not be judged: the sheet Data errors says why. See whether its "
						+ definitionFile(source.source()) + " is right.");
			}
			if (!source.reconciles()) {
				lines.add("The control totals of " + name(source.source()) + " do not reconcile: "
						+ MailFormat.count(source.read(), "row") + " read, " + MailFormat.number(source.stored())
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
			.limit(RunIncidents.MOST)
			.map((exemption) -> "Exemption " + exemption.id() + " protects no key: "
					+ SafeText.shortened(exemption.covers()) + ". Correct it, or take it out.")
			.toList());
		if (this.unfit.size() > RunIncidents.MOST) {
			lines.add(MailFormat.number(this.unfit.size() - RunIncidents.MOST)
					+ " more exemptions protect no key: see the sheet Exemptions.");
		}
		return lines;
	}

	private String narrowedTo() {
		String projects = this.run.projects().isEmpty() ? ""
				: " and project " + SafeText.shortened(String.join(", ", this.run.projects()));
		return "source " + SafeText.shortened(String.join(", ", this.run.sources())) + projects;
	}

	private List<Figure> figures() {
		if (nothingRead()) {
			return List.of();
		}
		return List.of(
				new Figure(MailFormat.number(this.violations), Plural.noun(this.violations, "violation"),
						(this.violations > 0) ? "bad" : "good"),
				new Figure(MailFormat.number(this.warnings), Plural.noun(this.warnings, "warning"),
						(this.warnings > 0) ? "warn" : "good"),
				new Figure(MailFormat.number(this.totals.flaggedKeys()),
						Plural.noun(this.totals.flaggedKeys(), "key") + " flagged", "plain"));
	}

	private List<Figure> changes() {
		if (this.run.baselineId() == null || nothingRead()) {
			return List.of();
		}
		List<Figure> changes = new ArrayList<>(List.of(
				new Figure(MailFormat.number(this.totals.newFindings()), "new",
						(this.totals.newFindings() > 0) ? "warn" : "plain"),
				new Figure(MailFormat.number(this.totals.worseFindings()), "worse",
						(this.totals.worseFindings() > 0) ? "bad" : "plain"),
				new Figure(MailFormat.number(this.totals.resolvedFindings()), "resolved",
						(this.totals.resolvedFindings() > 0) ? "good" : "plain")));
		if (this.totals.endedByDisabling() > 0) {
			changes.add(new Figure(MailFormat.number(this.totals.endedByDisabling()), "ended by disabling", "plain"));
		}
		return changes;
	}

	private List<RuleLine> ruleLines() {
		return Summary.rules(this.run, this.totals)
			.stream()
			.map((line) -> new RuleLine(SafeText.shortened(line.rule()),
					(line.definition() != null) ? SafeText.shortened(line.definition()) : null,
					MailFormat.number(line.violations()), MailFormat.number(line.warnings())))
			.toList();
	}

	private List<SourceLine> sourceLines() {
		return this.totals.sources()
			.stream()
			.map((source) -> new SourceLine(name(source.source()), MailFormat.number(source.read()),
					MailFormat.number(source.flagged()), rest(source)))
			.toList();
	}

	private static String rest(SourceTotals source) {
		return MailFormat.number(source.judged()) + " judged, " + MailFormat.number(source.notActive())
				+ " not active, " + MailFormat.number(source.notGoverned()) + " not governed, "
				+ MailFormat.count(source.dataErrors(), "data error");
	}

	private static String place(ReportAttachment report) {
		return report.attached() ? "Attached: " + report.name() + " (" + report.size() + ")"
				: report.whyNot() + " (" + report.size() + "). " + report.place();
	}

	private List<Fact> facts(List<MailedReport> reports) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Run key", SafeText.shortened(this.run.key())));
		facts.add(new Fact("As of", MailFormat.utc(this.run.asOf())));
		for (RunSource source : this.sources) {
			if (source.snapshotAt() != null) {
				facts.add(new Fact("Snapshot of " + SafeText.shortened(source.source()),
						MailFormat.utc(source.snapshotAt())));
			}
		}
		facts.add(new Fact("Started by", SafeText.shortened(this.run.origin().requestedBy()) + " ("
				+ SafeText.shortened(this.run.origin().trigger()) + ")"));
		facts.add(new Fact("Policy", SafeText.shortened(this.run.policy().preset())));
		facts.add(new Fact("Policy SHA-256", SafeText.shortened(this.run.policySha256())));
		reports.forEach((report) -> facts
			.add(new Fact(StringUtils.capitalize(report.title()) + " SHA-256", SafeText.shortened(report.sha256()))));
		return facts;
	}

	private String name(String id) {
		return this.sources.stream()
			.filter((source) -> source.source().equals(id))
			.map(GovernanceMailComposer::name)
			.findFirst()
			.orElse(SafeText.shortened(id));
	}

	private static String name(RunSource source) {
		return SafeText.shortened(source.title()) + " (" + SafeText.shortened(source.source()) + ")";
	}

	private String definitionFile(String id) {
		return this.sources.stream()
			.filter((source) -> source.source().equals(id))
			.map(RunSource::definitionFile)
			.findFirst()
			.orElse("definition");
	}

	private boolean nothingRead() {
		return this.failed.size() == this.sources.size();
	}

}
