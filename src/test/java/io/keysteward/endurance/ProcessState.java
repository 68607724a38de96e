package io.keysteward.endurance;

import java.util.List;
import java.util.Set;

/**
 * What a process has left that was disturbed.
 *
 * @param step the step in hand
 * @param complete whether the run is complete already
 * @param underWay message ids of mails that were being sent
 */
record ProcessState(String step, boolean complete, Set<String> underWay) {

	private static final String STEP = """
			SELECT split_part(coalesce(
			  (SELECT step_name FROM keysteward.batch_step_execution
			   WHERE status = 'STARTED' ORDER BY step_execution_id DESC LIMIT 1),
			  (SELECT CASE status WHEN 'COMPLETE' THEN 'closeRun' ELSE 'between two' END
			   FROM keysteward.run WHERE run_key = 'tonight'), 'openRun'), ':', 1)
			""";

	static ProcessState by(Company company) {
		String step = company.governance().sql(STEP).query(String.class).single();
		boolean complete = company.governance()
			.sql("SELECT count(*) > 0 FROM keysteward.run WHERE run_key = 'tonight' AND status = 'COMPLETE'")
			.query(Boolean.class)
			.single();
		List<String> underWay = company.governance()
			.sql("SELECT message_id FROM keysteward.notice WHERE status = 'SENDING'")
			.query(String.class)
			.list();
		return new ProcessState(step.equals("sourceInventory") ? "takeInventory" : step, complete,
				Set.copyOf(underWay));
	}

}
