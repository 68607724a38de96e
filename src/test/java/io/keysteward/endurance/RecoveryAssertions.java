package io.keysteward.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must be true of a company after a run that was disturbed, held against one that
 * was not.
 */
final class RecoveryAssertions {

	private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(\\S+)");

	private final Company company;

	private final RunOutcome undisturbed;

	RecoveryAssertions(Company company, RunOutcome undisturbed) {
		this.company = company;
		this.undisturbed = undisturbed;
	}

	/**
	 * Everything is as in the undisturbed run, but perhaps for the key in hand.
	 * @param disabling whether there may be one: what came of it was then asked of its
	 * source, and it is recorded as not done where it is not
	 */
	void requireSame(boolean disabling) throws Exception {
		List<String> struck = list("SELECT key_id || ' ' || outcome FROM keysteward.key_action"
				+ " WHERE detail LIKE ANY ('{Nobody had noted%,It was not done:%}')");
		assertThat(struck).hasSizeLessThanOrEqualTo(disabling ? 1 : 0);
		String[] key = struck.isEmpty() ? new String[] { "", "DISABLED" } : struck.get(0).split(" ");
		assertThat(key[1]).isIn("DISABLED", "SKIPPED_CHANGED", "FAILED");
		List<String> differences = this.undisturbed.differences(RunOutcome.of(this.company), key[0],
				key[1].equals("DISABLED"));
		assertThat(differences).as(CampaignSize.seeded(this.company.output())).isEmpty();
		eachKeyOnce();
	}

	/** What is recorded as disabled is, no other key, and none was twice. */
	private void eachKeyOnce() {
		List<String> recorded = list(
				"SELECT key_id FROM keysteward.key_action WHERE outcome = 'DISABLED' ORDER BY key_id");
		assertThat(this.company.register.keys()
			.sql("SELECT id FROM public.switched ORDER BY id")
			.query(String.class)
			.list()).doesNotHaveDuplicates().isEqualTo(recorded);
		assertThat(this.company.register.keys().sql("""
				SELECT id FROM public.api_key WHERE status = 'disabled'
				UNION ALL SELECT id FROM payments.api_key WHERE status = 'disabled' ORDER BY id
				""").query(String.class).list()).isEqualTo(recorded);
	}

	/**
	 * Each mail that is recorded as sent was taken, and taken once.
	 * @param underWay message ids of which it was not known whether they were taken
	 * @return those of them that were taken again
	 */
	Set<String> requireMailedOnce(Set<String> underWay) {
		Map<String, Integer> taken = new TreeMap<>();
		for (String message : this.company.mail().messages()) {
			Matcher matcher = MESSAGE_ID.matcher(message);
			assertThat(matcher.find()).isTrue();
			taken.merge(matcher.group(1), 1, Integer::sum);
		}
		List<String> sent = list("SELECT message_id FROM keysteward.notice n JOIN keysteward.run USING (run_id)"
				+ " WHERE run_key = 'tonight' AND n.status = 'SENT'");
		assertThat(taken.keySet()).containsExactlyInAnyOrderElementsOf(sent);
		taken.values().removeIf((times) -> times == 1);
		assertThat(underWay).containsAll(taken.keySet());
		assertThat(one("SELECT count(*) FROM keysteward.notice JOIN keysteward.run USING (run_id)"
				+ " WHERE run_key = 'tonight' AND kind = 'REPORT' AND notice.status = 'SENT'"))
			.isEqualTo("1");
		return taken.keySet();
	}

	/**
	 * There is no trace of the process that was disturbed.
	 */
	void requireNothingLeft() throws IOException {
		assertThat(files(this.company.reports())).allMatch((file) -> file.matches("keysteward-[\\d-]+\\w+\\.xlsx"));
		assertThat(list("SELECT job_execution_id FROM keysteward.batch_job_execution WHERE status IN"
				+ " ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')"))
			.isEmpty();
		assertThat(list("SELECT message_id FROM keysteward.notice WHERE status IN ('PENDING', 'SENDING')")).isEmpty();
		assertThat(
				list("SELECT action_id FROM keysteward.key_action WHERE intended_at IS NOT NULL AND outcome IS NULL"))
			.isEmpty();
		assertThat(list("SELECT key_id FROM keysteward.key_record_now k WHERE reading > (SELECT max(reading)"
				+ " FROM keysteward.run_source s WHERE s.source = k.source)"
				+ " UNION ALL SELECT source FROM keysteward.run_source WHERE begun IS NOT NULL"))
			.isEmpty();
	}

	static List<String> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

	private List<String> list(String sql) {
		return this.company.governance().sql(sql).query(String.class).list();
	}

	private String one(String sql) {
		return this.company.governance().sql(sql).query(String.class).single();
	}

}
