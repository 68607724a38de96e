package io.keysteward.cli;

import java.util.List;
import java.util.function.Function;

import io.keysteward.insight.Summary;
import io.keysteward.key.Level;
import io.keysteward.report.json.Field;

import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import org.jspecify.annotations.Nullable;

/**
 * A run as programs read it.
 */
final class RunFields {

	static final List<Field<Run>> FIELDS = List.of(new Field<>("run_key", Run::key), new Field<>("as_of", Run::asOf),
			new Field<>("mode", Run::mode), new Field<>("status", Run::status), new Field<>("narrowed", Run::narrowed),
			new Field<>("started_at", (run) -> run.state().startedAt()),
			new Field<>("finished_at", (run) -> run.state().finishedAt()),
			new Field<>("fault", (run) -> run.state().fault()), total("read", Totals::read),
			total("judged", Totals::judged), total("flagged", Totals::flaggedKeys),
			total("violations", (totals) -> Summary.findings(totals, Level.VIOLATION)),
			total("new_findings", Totals::newFindings), total("resolved_findings", Totals::resolvedFindings),
			action("disabled", ActionTotals::disabled), action("would_disable", ActionTotals::wouldDisable),
			action("held", ActionTotals::held), new Field<>("policy_sha256", Run::policySha256),
			new Field<>("reports", Run::reportPaths));

	private RunFields() {
	}

	private static Field<Run> total(String name, Function<Totals, @Nullable Object> value) {
		return new Field<>(name, (run) -> (run.totals() != null) ? value.apply(run.totals()) : null);
	}

	private static Field<Run> action(String name, Function<ActionTotals, @Nullable Object> value) {
		return total(name, (totals) -> (totals.actions() != null) ? value.apply(totals.actions()) : null);
	}

}
