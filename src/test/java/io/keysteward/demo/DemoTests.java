package io.keysteward.demo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTests {

	private static final Path DIRECTORY = Path.of("target", "demo-test");

	private static final DemoServer SERVER = new DemoServer();

	private static final DemoMail MAIL = new DemoMail();

	private static final JdbcClient KEYSTEWARD = SERVER.jdbc(DemoServer.GOVERNANCE);

	@BeforeAll
	static void run() {
		StringWriter lines = new StringWriter();
		int exit = new DemoApplication(DIRECTORY, new PrintWriter(lines, true), SERVER, MAIL)
			.run(Instant.now().truncatedTo(ChronoUnit.MINUTES));
		assertThat(exit).as(lines.toString()).isZero();
	}

	@AfterAll
	static void stop() {
		MAIL.close();
		SERVER.close();
	}

	@Test
	void theLastRunSaysOfEachHandMadeKeyWhatIsPromised() {
		Map<String, String> promised = new TreeMap<>(promises(DemoServer.CONSOLE, "id"));
		promised.putAll(promises(DemoServer.PAYMENTS, "CASE place WHEN 'main' THEN 'cred-' ELSE 'legacy-' END || id"));
		promised.putAll(promises(DemoServer.OCEANBASE, "id"));
		Map<String, String> findings = findings();
		findings.keySet().retainAll(promised.keySet());
		promised.values().removeIf("gone"::equals);
		assertThat(findings).containsExactlyInAnyOrderEntriesOf(promised);
	}

	@Test
	void everyRuleLevelReasonUsageAndJudgementIsThere() {
		assertThat(texts("SELECT DISTINCT rule || ' ' || level FROM keysteward.finding WHERE status = 'OPEN'"))
			.containsExactlyInAnyOrder("AGED WARN", "IDLE WARN", "IDLE VIOLATION", "ORPHANED WARN",
					"ORPHANED VIOLATION", "UNNAMED WARN");
		assertThat(
				texts("""
						SELECT DISTINCT substring(reason FROM '\\(([A-Z_]+)\\)') FROM keysteward.key_snapshot, unnest(reasons) reason
						WHERE run_id = (SELECT max(run_id) FROM keysteward.run) AND reason LIKE 'Name %'
						"""))
			.containsExactlyInAnyOrder("BLANK", "PLACEHOLDER", "GENERATED", "EQUALS_ID", "TOO_SHORT", "CONVENTION");
		assertThat(texts("SELECT DISTINCT usage FROM keysteward.key_snapshot")).containsExactlyInAnyOrder("USED",
				"NEVER_USED", "UNKNOWN");
		assertThat(texts("SELECT DISTINCT judgement FROM keysteward.key_snapshot")).containsExactlyInAnyOrder("JUDGED",
				"DATA_ERROR", "NOT_GOVERNED", "NOT_ACTIVE");
	}

	@Test
	void thereIsATrendOfFourCompleteRuns() {
		assertThat(texts("SELECT status FROM keysteward.run WHERE NOT narrowed ORDER BY run_id")).hasSize(4)
			.containsOnly("COMPLETE");
		assertThat(texts("SELECT read_rows::text FROM keysteward.run_source WHERE status = 'READ'")).hasSize(12);
	}

	@Test
	void eachRunReadsTheNewestExportWhichIsTwoHoursOld() throws Exception {
		List<String> read = texts("""
				SELECT s.file_name FROM keysteward.run_source s JOIN keysteward.run r USING (run_id)
				WHERE s.source = 'oceanbase' AND s.snapshot_at = r.as_of - interval '2 hours' ORDER BY run_id
				""");
		assertThat(read).hasSize(4).doesNotHaveDuplicates();
		assertThat(names(DIRECTORY.resolve("exports"), "")).isEqualTo(read);
		assertThat(texts("SELECT source FROM keysteward.run_source WHERE file_name IS NOT NULL")).hasSize(4)
			.containsOnly("oceanbase");
	}

	@Test
	void theLastRunShowsEachSortOfChange() {
		assertThat(texts("""
				SELECT key_id || ' ' || rule || ' ' || coalesce(resolution, event) FROM keysteward.finding_event
				WHERE run_id = (SELECT max(run_id) FROM keysteward.run)
				""")).contains("ak-104 IDLE OPENED", "ak-306 ORPHANED OPENED", "ak-106 IDLE RAISED",
				"ak-811 ORPHANED RAISED", "ak-801 IDLE USED_AGAIN", "ak-802 IDLE USED_AGAIN", "ak-803 UNNAMED RENAMED",
				"ak-804 ORPHANED REASSIGNED", "ak-805 IDLE DISABLED", "ak-806 IDLE GONE", "ak-809 IDLE EXPIRED",
				"cred-9009 ORPHANED REASSIGNED", "ob-03 IDLE OPENED");
	}

	@Test
	void aSecretInTheWrongColumnIsMaskedAgain() {
		assertThat(texts("SELECT masked_key FROM keysteward.key_snapshot WHERE key_id = 'ak-611'")).isNotEmpty()
			.containsOnly("demo****0042");
	}

	@Test
	void oneMailComesWithEachRunAndOneWorkbook() throws Exception {
		List<String> keys = texts("SELECT run_key FROM keysteward.run ORDER BY run_id");
		assertThat(names(DIRECTORY.resolve("mail"), ".eml")).isEqualTo(keys);
		assertThat(names(DIRECTORY.resolve("mail"), ".html")).isEqualTo(keys);
		assertThat(names(DIRECTORY, ".xlsx")).isEqualTo(keys.stream().map((key) -> "keysteward-" + key).toList());
	}

	@Test
	void theLastRunDisablesWhatItsOwnersWereToldOfTwiceAndNothingElse() {
		assertThat(texts("""
				SELECT DISTINCT a.outcome || ' ' || count(DISTINCT n.kind) FROM keysteward.key_action a
				JOIN keysteward.notice_key k USING (source, key_id) JOIN keysteward.notice n USING (notice_id)
				WHERE a.outcome IS NOT NULL AND n.kind IN ('WARNING', 'FINAL') AND n.status = 'SENT'
				GROUP BY a.action_id
				""")).containsExactly("DISABLED 2");
		List<String> disabled = texts(
				"SELECT key_id FROM keysteward.key_action WHERE outcome = 'DISABLED' ORDER BY key_id");
		assertThat(disabled).hasSizeBetween(15, 30);
		assertThat(SERVER.jdbc(DemoServer.CONSOLE)
			.sql("SELECT id FROM api_key WHERE disabled_by_run IS NOT NULL ORDER BY id")
			.query(String.class)
			.list()).isEqualTo(disabled);
	}

	@Test
	void everyGateOfAKeyHoldsSomething() {
		assertThat(texts("SELECT DISTINCT held_by FROM keysteward.key_action WHERE held_by IS NOT NULL"))
			.contains("EXEMPT", "KIND", "LEVEL", "NOTICE");
	}

	private static List<String> names(Path directory, String ending) throws Exception {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(ending))
				.map((name) -> name.substring(0, name.length() - ending.length()))
				.sorted()
				.toList();
		}
	}

	private static List<String> texts(String sql) {
		return KEYSTEWARD.sql(sql).query(String.class).list();
	}

	private static Map<String, String> promises(String database, String id) {
		return map(SERVER.jdbc(database), "SELECT " + id + ", promise FROM story.key WHERE promise IS NOT NULL");
	}

	private static Map<String, String> findings() {
		return map(KEYSTEWARD, """
				SELECT s.key_id, CASE s.judgement WHEN 'JUDGED' THEN coalesce(string_agg(f.rule || ' ' || f.level
				         || coalesce(': ' || substring(s.reasons[array_position(s.findings, f.rule)]
				                                       FROM '\\(([A-Z_]+)\\)\\W'), ''), ', ' ORDER BY f.rule),
				                                             CASE WHEN s.exemption IS NULL THEN 'ok' ELSE 'exempt' END)
				       ELSE lower(replace(s.judgement, '_', ' ')) END
				FROM keysteward.key_snapshot s
				LEFT JOIN keysteward.finding f ON f.source = s.source AND f.key_id = s.key_id AND f.status = 'OPEN'
				WHERE s.run_id = (SELECT max(run_id) FROM keysteward.run)
				GROUP BY s.key_id, s.judgement, s.exemption
				""");
	}

	private static Map<String, String> map(JdbcClient jdbc, String sql) {
		Map<String, String> map = new TreeMap<>();
		jdbc.sql(sql).query((row) -> {
			map.put(row.getString(1), row.getString(2));
		});
		return map;
	}

}
