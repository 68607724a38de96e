package io.keysteward.faults;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.endurance.CampaignSize;

/**
 * A point in the middle of a run: the statements by whose coming it is known, one after
 * the other. Every step has one at least.
 */
enum Point {

	OPEN_RUN("INSERT INTO keysteward.run (run_key"),

	OPEN_RUN_COMMIT("INSERT INTO keysteward.run (run_key", "COMMIT"),

	TAKE_INVENTORY("COPY keysteward.key_record_now"),

	TAKE_INVENTORY_COMMIT("COPY keysteward.key_record_now", "COMMIT"),

	RECONCILE_FINDINGS("INSERT INTO keysteward.finding_row AS f"),

	RECONCILE_FINDINGS_COMMIT("INSERT INTO keysteward.finding_row AS f", "COMMIT"),

	PLAN_DISABLING("INSERT INTO keysteward.key_action"),

	PLAN_DISABLING_COMMIT("INSERT INTO keysteward.key_action", "COMMIT"),

	DISABLE_KEYS_INTENT("SET intended_at ="),

	DISABLE_KEYS_UNDO("SET undo ="),

	DISABLE_KEYS_OUTCOME("SET outcome ="),

	SEND_NOTICES_QUEUED("INSERT INTO keysteward.notice AS n"),

	SEND_NOTICES_SENT("SET status = 'SENT'"),

	WRITE_REPORT("FROM keysteward.run_exemption x"),

	WRITE_REPORT_NOTED("INSERT INTO keysteward.run_report"),

	WRITE_REPORT_ENDED("INSERT INTO keysteward.run_report", "UPDATE keysteward.batch_STEP_EXECUTION"),

	SEND_REPORT("INSERT INTO keysteward.notice (run_id"),

	SEND_REPORT_SENT("INSERT INTO keysteward.notice (run_id", "SET status = 'SENT'"),

	CLOSE_RUN_DROPS("UPDATE keysteward.run SET has_inventory"),

	CLOSE_RUN("SET status = $1, fault =");

	private final String[] statements;

	Point(String... statements) {
		this.statements = statements;
	}

	/**
	 * {@return one of each step, in the order in which they come}
	 */
	static List<Point> ofEachStep() {
		List<Point> any = CampaignSize.some(List.of(values()), values().length);
		Map<String, Point> steps = any.stream()
			.collect(Collectors.toMap(Point::step, Function.identity(), (one, other) -> one));
		return steps.values().stream().sorted(Comparator.comparing(Point::ordinal)).toList();
	}

	/** Two words; what follows in its name is where in the step. */
	private String step() {
		String[] words = name().split("_");
		return words[0] + " " + words[1];
	}

	String[] statements() {
		return this.statements.clone();
	}

	void on(FaultyProxy wire, Runnable action) {
		wire.when(false, action, this.statements);
	}

}
