package io.keysteward.job;

import java.util.List;

import io.keysteward.finding.Findings;
import io.keysteward.insight.ActionCounts;
import io.keysteward.inventory.Inventories;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.SourceTotals;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Step {@code reconcileFindings}: today's findings against the open ones, then the
 * control totals.
 */
@Component
class ReconcileFindings {

	private static final Logger logger = LoggerFactory.getLogger(ReconcileFindings.class);

	private final Findings findings;

	private final Inventories inventories;

	private final ActionCounts actions;

	private final Runs runs;

	private final RunJournal journal;

	private final RunExemptions exemptions;

	private final ActiveRun current;

	ReconcileFindings(Findings findings, Inventories inventories, ActionCounts actions, Runs runs, RunJournal journal,
			RunExemptions exemptions, ActiveRun current) {
		this.findings = findings;
		this.inventories = inventories;
		this.actions = actions;
		this.runs = runs;
		this.journal = journal;
		this.exemptions = exemptions;
		this.current = current;
	}

	void reconcile(Run run) {
		this.exemptions.warn(run, this.current.attempt().coverage());
		if (run.totals() != null) {
			logger.info("run {}: findings are reconciled already", run.key());
			return;
		}
		requireAnySource(run);
		this.inventories.analyze();
		this.findings.reconcile(run);
		Totals totals = totals(run);
		totals.sources().forEach((source) -> requireReconciled(run, source));
		this.journal.reconciled(run.id(), totals);
		logger.info("run {}: {}, {} worse, {} resolved, {} ended by disabling; {} of {} flagged", run.key(),
				Plural.of(totals.newFindings(), "new finding"), totals.worseFindings(), totals.resolvedFindings(),
				totals.endedByDisabling(), totals.flaggedKeys(), Plural.of(totals.judged(), "judged key"));
		totals.sources().stream().filter(SourceTotals::hasManyDataErrors).forEach((source) -> warn(run, source));
	}

	private void warn(Run run, SourceTotals source) {
		String file = this.runs.sources(run.id())
			.stream()
			.filter((one) -> one.source().equals(source.source()))
			.map(RunSource::definitionFile)
			.findFirst()
			.orElse("definition");
		logger.warn(
				"run {}: source {}: {} of {} could not be judged, being data errors; see the sheet Data errors, and"
						+ " whether its {} is right",
				run.key(), source.source(), source.dataErrors(), Plural.of(source.read(), "key"), file);
	}

	/**
	 * {@return the totals as they can be counted now from what is stored}
	 */
	Totals totals(Run run) {
		List<SourceTotals> sources = this.inventories.totals(run.id());
		long disabled = this.findings.endedByDisabling(run.id());
		return new Totals(sources, this.findings.totals(run.id()),
				sources.stream().mapToLong(SourceTotals::flagged).sum(), this.findings.events(run.id(), "OPENED"),
				this.findings.events(run.id(), "RAISED"), this.findings.events(run.id(), "RESOLVED") - disabled,
				disabled, this.actions.count(run.id()));
	}

	private void requireAnySource(Run run) {
		boolean none = this.runs.sources(run.id())
			.stream()
			.noneMatch((source) -> source.status() == RunSource.Status.READ);
		if (none) {
			throw this.current.attempt().faults().asOne();
		}
	}

	private static void requireReconciled(Run run, SourceTotals source) {
		if (!source.reconciles()) {
			throw Failure.person("run " + run.key() + ": the control totals of source '" + source.source()
					+ "' do not reconcile: the reader counted " + Plural.of(source.read(), "row")
					+ ", key_snapshot holds " + source.stored() + "; look at run " + run.id()
					+ " in key_snapshot before relying on any report");
		}
	}

}
