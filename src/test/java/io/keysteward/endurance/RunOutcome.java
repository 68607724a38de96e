package io.keysteward.endurance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run has left in the tables, in the sources and in its workbook, as lines that
 * can be compared; run ids and times of writing are left out.
 */
record RunOutcome(Map<String, List<String>> parts) {

	private static final String OF_RUN = " JOIN keysteward.run r USING (run_id) WHERE run_key = 'tonight'";

	private static final String KEY = "(SELECT run_key FROM keysteward.run WHERE run_id = ";

	private static final Map<String, String> GOVERNANCE = Map.of("run",
			"SELECT concat_ws('|', status, as_of, mode, sources, policy_sha256, exemptions_sha256, narrowed, fault,"
					+ " totals) FROM keysteward.run WHERE run_key = 'tonight'",
			"run_source",
			"SELECT concat_ws('|', source, s.status, read_rows, remasked, s.fault) FROM keysteward.run_source s"
					+ OF_RUN,
			"run_hold", "SELECT concat_ws('|', gate, source, detail) FROM keysteward.run_hold" + OF_RUN, "key_snapshot",
			// A data error may name the time of reading.
			"SELECT jsonb_set(to_jsonb(s) - 'run_id', '{data_error}', coalesce(to_jsonb(regexp_replace(data_error,"
					+ " '(after it was read), at .*', '\\1')), 'null'))::text FROM keysteward.key_snapshot s" + OF_RUN,
			"finding",
			"SELECT concat_ws('|', source, key_id, rule, level, status, first_seen_at, last_seen_at, violation_at,"
					+ " resolved_at, resolution, seen_days, " + KEY + "first_seen_run), " + KEY + "last_seen_run), "
					+ KEY + "resolved_run)) FROM keysteward.finding",
			"finding_event",
			"SELECT concat_ws('|', run_key, source, key_id, rule, event, level, first_seen_at, resolution)"
					+ " FROM keysteward.finding_event JOIN keysteward.run USING (run_id)",
			"key_action",
			"SELECT concat_ws('|', source || '/' || key_id, action, decision, closed_gates, outcome, due_at, warned_at,"
					+ " final_at, next_notice, evidence, detail) FROM keysteward.key_action" + OF_RUN,
			"notice",
			"SELECT concat_ws('|', message_id, kind, recipient, n.status, detail) FROM keysteward.notice n" + OF_RUN,
			"notice_key",
			"SELECT concat_ws('|', message_id, source || '/' || key_id, contact) FROM keysteward.notice_key"
					+ " JOIN keysteward.notice USING (notice_id)" + OF_RUN);

	private static final String SWITCHED = "SELECT id FROM public.switched";

	static RunOutcome of(Company company) throws Exception {
		Map<String, List<String>> parts = new LinkedHashMap<>();
		GOVERNANCE
			.forEach((name, sql) -> parts.put(name, lines(company.governance().sql(sql).query(String.class).list())));
		parts.put("switched", lines(company.register.keys().sql(SWITCHED).query(String.class).list()));
		parts.putAll(WorkbookLines.of(company.register.report(Company.RUN), company.asOf));
		return new RunOutcome(parts);
	}

	/** A run in which nothing happens proves nothing. */
	void requireSomethingOfEverything() {
		assertThat(this.parts.get("switched")).hasSize(2 * CompanyFixture.TOLD);
		assertThat(this.parts.get("key_action")).anyMatch((line) -> line.contains("DISABLED"))
			.anyMatch((line) -> line.contains("HELD"));
		for (String kind : List.of("DISABLED", "WARNING", "REPORT")) {
			assertThat(this.parts.get("notice")).anyMatch((line) -> line.contains(kind) && line.contains("SENT"));
		}
		for (String event : List.of("OPENED", "RESOLVED")) {
			assertThat(this.parts.get("finding_event"))
				.anyMatch((line) -> line.startsWith(Company.RUN) && line.contains(event));
		}
	}

	/**
	 * {@return the lines in which another one differs, some of each part}
	 * @param apart a key of which nothing is compared; empty: all are
	 * @param counts whether what is counted over all keys is compared
	 */
	List<String> differences(RunOutcome other, String apart, boolean counts) {
		List<String> differences = new ArrayList<>();
		if (!this.parts.keySet().equals(other.parts.keySet())) {
			differences.add(this.parts.keySet() + " and " + other.parts.keySet());
		}
		this.parts.forEach((name, lines) -> {
			if (counts || !(name.equals("run") || name.equals("sheet Summary"))) {
				compare(name, without(lines, apart), without(other.parts.getOrDefault(name, List.of()), apart),
						differences);
			}
		});
		return differences;
	}

	private static void compare(String name, List<String> here, List<String> there, List<String> differences) {
		if (!here.equals(there)) {
			List<String> missing = new ArrayList<>(here);
			Set.copyOf(there).forEach(missing::remove);
			List<String> added = new ArrayList<>(there);
			Set.copyOf(here).forEach(added::remove);
			missing.stream().limit(5).forEach((line) -> differences.add(name + " lacks " + line));
			added.stream().limit(5).forEach((line) -> differences.add(name + " has " + line));
			if (missing.isEmpty() && added.isEmpty()) {
				differences.add(name + " has its lines in another order or number");
			}
		}
	}

	private static List<String> without(List<String> lines, String apart) {
		return apart.isEmpty() ? lines : lines.stream().filter((line) -> !line.contains(apart)).toList();
	}

	private static List<String> lines(List<String> rows) {
		return rows.stream().sorted().toList();
	}

}
