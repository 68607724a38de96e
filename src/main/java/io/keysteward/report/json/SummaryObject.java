package io.keysteward.report.json;

import java.util.List;

import io.keysteward.insight.ChangeSummary;
import io.keysteward.insight.DisablingSummary;
import io.keysteward.insight.KeyRows;
import io.keysteward.insight.ProjectFigures;
import io.keysteward.insight.RunFigures;
import io.keysteward.insight.Summary;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.GateTotals;

/**
 * Writes the run and its summary.
 */
final class SummaryObject {

	private static final List<Field<Summary>> RUN = List.of(new Field<>("run_key", (page) -> page.run().key()),
			new Field<>("as_of", (page) -> page.run().asOf()), new Field<>("mode", (page) -> page.run().mode()),
			new Field<>("mode_text", (page) -> page.disabling().mode()), new Field<>("read", Summary::read),
			new Field<>("started_at", (page) -> page.run().state().startedAt()),
			new Field<>("finished_at", (page) -> page.run().state().finishedAt()),
			new Field<>("trigger", (page) -> page.run().origin().trigger()),
			new Field<>("requested_by", (page) -> page.run().origin().requestedBy()),
			new Field<>("policy", (page) -> page.run().policy().preset()),
			new Field<>("policy_sha256", (page) -> page.run().policySha256()));

	private static final List<Field<Summary.SourceLine>> SOURCES = List.of(
			new Field<>("source", Summary.SourceLine::source), new Field<>("title", Summary.SourceLine::title),
			new Field<>("snapshot_at", Summary.SourceLine::snapshotAt),
			new Field<>("read", (line) -> (line.totals() != null) ? line.totals().read() : null),
			new Field<>("judged", (line) -> (line.totals() != null) ? line.totals().judged() : null),
			new Field<>("data_errors", (line) -> (line.totals() != null) ? line.totals().dataErrors() : null),
			new Field<>("not_governed", (line) -> (line.totals() != null) ? line.totals().notGoverned() : null),
			new Field<>("not_active", (line) -> (line.totals() != null) ? line.totals().notActive() : null),
			new Field<>("flagged", (line) -> (line.totals() != null) ? line.totals().flagged() : null),
			new Field<>("remasked", (line) -> (line.totals() != null) ? line.totals().remasked() : null),
			new Field<>("status", Summary.SourceLine::status),
			new Field<>("control_totals", Summary.SourceLine::verdict),
			new Field<>("fault", Summary.SourceLine::fault));

	private static final List<Field<Summary>> CONTROL_TOTALS = List.of(
			new Field<>("read", (page) -> page.totals().read()),
			new Field<>("judged", (page) -> page.totals().judged()),
			new Field<>("data_errors", (page) -> page.totals().dataErrors()),
			new Field<>("not_governed", (page) -> page.totals().notGoverned()),
			new Field<>("not_active", (page) -> page.totals().notActive()),
			new Field<>("flagged", (page) -> page.totals().flaggedKeys()), new Field<>("verdict", Summary::verdict),
			new Field<>("sentences", Summary::controlTotals));

	private static final List<Field<Summary.RuleLine>> RULES = List.of(new Field<>("rule", Summary.RuleLine::rule),
			new Field<>("warn", Summary.RuleLine::warnings), new Field<>("violation", Summary.RuleLine::violations));

	private static final List<Field<KeyRows.Figure>> FIGURES = List.of(new Field<>("label", KeyRows.Figure::label),
			new Field<>("number", KeyRows.Figure::number));

	private static final List<Field<DisablingSummary>> DISABLING = List.of(new Field<>("mode", DisablingSummary::mode),
			new Field<>("disabled", counted((totals) -> totals.disabled())),
			new Field<>("would_disable", counted((totals) -> totals.wouldDisable())),
			new Field<>("failed", counted((totals) -> totals.failed())),
			new Field<>("failed_tried_again", counted((totals) -> totals.notYet())),
			new Field<>("skipped_changed", counted((totals) -> totals.skippedChanged())),
			new Field<>("not_known_yet", counted((totals) -> totals.unsettled())),
			new Field<>("held", counted((totals) -> totals.held())),
			new Field<>("restored_since_last_run", DisablingSummary::restored),
			new Field<>("owner_notices", DisablingSummary::notices), new Field<>("holds", DisablingSummary::holds));

	private static final List<Field<GateTotals>> HELD_BY = List.of(new Field<>("gate", GateTotals::gate),
			new Field<>("keys", GateTotals::keys));

	private static final List<Field<ChangeSummary>> CHANGES = List.of(
			new Field<>("compared_with", ChangeSummary::comparedWith),
			new Field<>("new_findings", ChangeSummary::newFindings),
			new Field<>("worse_findings", ChangeSummary::worseFindings),
			new Field<>("better_findings", ChangeSummary::betterFindings),
			new Field<>("resolved_findings", ChangeSummary::resolvedFindings),
			new Field<>("ended_by_disabling", ChangeSummary::endedByDisabling),
			new Field<>("keys_appeared", ChangeSummary::keysAppeared),
			new Field<>("keys_gone", ChangeSummary::keysGone), new Field<>("not_compared", ChangeSummary::notCompared));

	private static final List<Field<ProjectFigures>> PROJECTS = List.of(new Field<>("project", ProjectFigures::project),
			new Field<>("warn", ProjectFigures::warnings), new Field<>("violation", ProjectFigures::violations));

	private static final List<Field<RunFigures>> TREND = List.of(new Field<>("run_key", RunFigures::runKey),
			new Field<>("flagged_keys", RunFigures::flaggedKeys), new Field<>("violations", RunFigures::violations));

	private SummaryObject() {
	}

	static void write(SafeJson json, Summary summary) {
		json.object("run", RUN, summary);
		json.object("summary", () -> {
			json.field("alerts", summary.alerts());
			json.list("figures", FIGURES, summary.figures());
			json.list("sources", SOURCES, summary.sources());
			json.object("control_totals", CONTROL_TOTALS, summary);
			json.list("findings_by_rule", RULES, summary.rules());
			json.object("disabling", () -> disabling(json, summary.disabling()));
			json.object("changes", CHANGES, summary.changes());
			json.field("remarks", summary.remarks());
			json.list("keys_by_state", FIGURES, summary.states());
			json.list("findings_by_project", PROJECTS, summary.projects());
			json.list("trend", TREND, summary.trend());
		});
	}

	private static void disabling(SafeJson json, DisablingSummary disabling) {
		json.fields(DISABLING, disabling);
		json.list("held_by", HELD_BY, (disabling.totals() != null) ? disabling.totals().heldBy() : List.of());
	}

	/** A run from before disabling existed has no counts. */
	private static Field.Value<DisablingSummary> counted(Field.Value<ActionTotals> value) {
		return (disabling) -> (disabling.totals() != null) ? value.get(disabling.totals()) : null;
	}

}
