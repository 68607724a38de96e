package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.List;

import io.keysteward.insight.KeyExplanation;
import io.keysteward.insight.KeyExplanation.GateLine;
import io.keysteward.insight.KeyExplanation.RuleLine;
import io.keysteward.insight.KeyHistory;
import io.keysteward.report.json.Field;

/**
 * An explanation as one JSON document.
 */
final class ExplanationJson {

	private static final List<Field<GateLine>> GATE = List.of(new Field<>("gate", GateLine::gate),
			new Field<>("state", GateLine::state), new Field<>("reason", GateLine::reason),
			new Field<>("opens", GateLine::opens), new Field<>("opens_at", GateLine::opensAt));

	private static final List<Field<KeyHistory.Event>> EVENT = List.of(new Field<>("at", KeyHistory.Event::at),
			new Field<>("what", KeyHistory.Event::words));

	private ExplanationJson() {
	}

	private static List<Field<RuleLine>> rule(KeyExplanation explained) {
		return List.of(new Field<>("rule", RuleLine::rule), new Field<>("state", explained::state),
				new Field<>("level", RuleLine::level), new Field<>("open_since", RuleLine::since),
				new Field<>("violation_at", RuleLine::violationAt), new Field<>("exempt_by", RuleLine::exemptBy),
				new Field<>("reason", RuleLine::reason), new Field<>("definition", RuleLine::definition),
				new Field<>("settings", RuleLine::settings));
	}

	static void print(KeyExplanation explained, PrintWriter out) {
		JsonAnswer.print("keysteward-explanation", out, (json) -> {
			json.field("run_key", explained.run().key());
			json.field("as_of", explained.run().asOf());
			json.field("verdict", explained.verdict());
			json.field("due_at", explained.dueAt());
			json.object("key", FoundKeyFields.FIELDS, explained.key());
			json.list("rules", rule(explained), explained.rules());
			json.list("gates", GATE, explained.gates());
			json.list("events", EVENT, explained.history().events());
		});
	}

}
