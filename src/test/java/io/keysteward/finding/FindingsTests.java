package io.keysteward.finding;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import javax.sql.DataSource;

import io.keysteward.TestDatabase;
import io.keysteward.TestRule;
import io.keysteward.policy.Rule;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsTests {

	private static final Instant FIRST_NIGHT = Instant.parse("2026-11-01T02:00:00Z");

	private static final List<Rule> RULES = List.of(rule("IDLE", Rule.Evidence.USAGE),
			rule("UNNAMED", Rule.Evidence.NAME), rule("ORPHANED", Rule.Evidence.OWNERSHIP),
			rule("AGED", Rule.Evidence.AGE));

	private final DataSource dataSource = TestDatabase.migrated().dataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final Runs runs = new Runs(this.jdbc, JsonMapper.shared());

	private final Findings findings = new Findings(this.jdbc, RULES);

	private final TransactionTemplate transaction = new TransactionTemplate(
			new DataSourceTransactionManager(this.dataSource));

	private int nights;

	private long run;

	@BeforeEach
	void theFirstNight() {
		night();
	}

	@Test
	void aNewFindingIsOpenedAndStaysOpenWithItsFirstSight() {
		key("k", "IDLE");
		reconcile();
		long first = this.run;
		night();
		key("k", "IDLE");
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("status", "OPEN")
			.containsEntry("level", "WARN")
			.containsEntry("first_seen_run", first)
			.containsEntry("last_seen_run", this.run);
		assertThat(events()).containsExactly("1 k IDLE OPENED WARN null");
	}

	@Test
	void aFindingPastItsThresholdIsRaised() {
		key("k", "IDLE");
		reconcile();
		night();
		key("k", "IDLE");
		update("k", "violations = '{IDLE}'");
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("level", "VIOLATION");
		assertThat(events()).containsExactly("1 k IDLE OPENED WARN null", "2 k IDLE RAISED VIOLATION null");
	}

	@ParameterizedTest
	@CsvSource({ "6, WARN", "7, VIOLATION", "8, VIOLATION" })
	void anOrphanRisesOnceItHasBeenOpenForItsGrace(int nightsLater, String level) {
		orphan();
		reconcile();
		for (int night = 0; night < nightsLater; night++) {
			night();
			orphan();
			reconcile();
		}
		assertThat(finding("k", "ORPHANED")).containsEntry("level", level);
	}

	@Test
	void anOrphanThatComesBackStartsItsGraceAnew() {
		orphan();
		reconcile();
		night();
		key("k");
		reconcile();
		night();
		orphan();
		reconcile();
		assertThat(finding("k", "ORPHANED")).containsEntry("level", "WARN")
			.containsEntry("status", "OPEN")
			.containsEntry("first_seen_run", this.run)
			.containsEntry("resolution", null)
			.containsEntry("first_seen_at", Timestamp.from(this.runs.get(this.run).asOf()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "IDLE     | last_used_at = '2026-11-02T01:00:00Z', usage = 'USED' | USED_AGAIN",
					"IDLE     | usage = 'UNKNOWN', last_used_at = NULL               | USAGE_UNKNOWN",
					"IDLE     | status = 'DISABLED', judgement = 'NOT_ACTIVE'       | DISABLED",
					"IDLE     | status = 'EXPIRED', judgement = 'NOT_ACTIVE'        | EXPIRED",
					"IDLE     | kind = 'robot', judgement = 'NOT_GOVERNED'          | NOT_GOVERNED",
					"IDLE     | findings = '{IDLE}', exempted_by = '{EX-1}'         | EXEMPTED",
					"IDLE     | findings = '{AGED,IDLE}', exempted_by = '{NULL,EX-1}' | EXEMPTED",
					"IDLE     | findings = '{AGED}', exempted_by = '{EX-1}'         | NO_LONGER_TRUE",
					"UNNAMED  | name = 'nightly-export'                             | RENAMED",
					"ORPHANED | owner_id = 'u-2'                                    | REASSIGNED",
					"ORPHANED | project_state = 'OK'                                | REASSIGNED",
					"AGED     | name = 'nightly-export'                             | NO_LONGER_TRUE",
					"UNNAMED  | last_used_at = '2026-11-02T01:00:00Z'               | NO_LONGER_TRUE" })
	void aFindingThatEndsSaysWhy(String rule, String change, String cause) {
		key("k", rule);
		reconcile();
		night();
		key("k");
		update("k", change);
		reconcile();
		assertThat(finding("k", rule)).containsEntry("status", "RESOLVED")
			.containsEntry("resolution", cause)
			.containsEntry("resolved_run", this.run);
		assertThat(events()).contains("2 k " + rule + " RESOLVED WARN " + cause);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "status = 'DISABLED', judgement = 'NOT_ACTIVE' | false | DISABLED_BY_KEYSTEWARD",
					"status = 'DISABLED', judgement = 'NOT_ACTIVE' | true | DISABLED",
					"status = 'EXPIRED', judgement = 'NOT_ACTIVE'  | false | DISABLED_BY_KEYSTEWARD",
					"key_id = 'hidden'                             | false | DISABLED_BY_KEYSTEWARD",
					"last_used_at = '2026-11-02T01:00:00Z'         | false | USED_AGAIN" })
	void aFindingThatEndsByKeystewardsOwnHandIsNotCalledResolved(String change, boolean restored, String cause) {
		key("k", "IDLE");
		reconcile();
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at,
					                                   restored_by_run)
					VALUES (:run, 's', 'k', 'DISABLE', 'DUE', 'DISABLED', now(), now(), CASE WHEN :restored THEN :run END)
					""")
			.param("run", this.run)
			.param("restored", restored)
			.update();
		night();
		key("k");
		update("k", change);
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("status", "RESOLVED").containsEntry("resolution", cause);
		assertThat(this.findings.endedByDisabling(this.run)).isEqualTo(cause.endsWith("KEYSTEWARD") ? 1 : 0);
	}

	@Test
	void aKeyThatIsGoneResolvesItsFindings() {
		key("k", "IDLE");
		reconcile();
		night();
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("resolution", "GONE");
	}

	@Test
	void aChangedPolicyIsNamedAsTheCause() {
		key("k", "IDLE");
		reconcile();
		night();
		key("k");
		this.jdbc.sql("UPDATE keysteward.run SET policy_sha256 = 'other' WHERE run_id = :run")
			.param("run", this.run)
			.update();
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("resolution", "POLICY_CHANGED");
	}

	@Test
	void aKeyThatCannotBeJudgedResolvesNothing() {
		key("k", "IDLE");
		reconcile();
		night();
		key("k");
		update("k", "judgement = 'DATA_ERROR', data_error = 'last used in the future'");
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("status", "OPEN").containsEntry("last_seen_run", this.run - 1);
	}

	@Test
	void aSourceThatCouldNotBeReadResolvesNothing() {
		key("k", "IDLE");
		reconcile();
		night();
		this.jdbc.sql("UPDATE keysteward.run_source SET status = 'FAILED' WHERE run_id = :run")
			.param("run", this.run)
			.update();
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("status", "OPEN");
	}

	@Test
	void aRunNarrowedToAProjectResolvesNoKeyThatItDidNotRead() {
		key("k", "IDLE");
		key("other", "IDLE");
		reconcile();
		night();
		this.jdbc.sql("UPDATE keysteward.run SET projects = '{p-1}', narrowed = true WHERE run_id = :run")
			.param("run", this.run)
			.update();
		key("k");
		update("k", "last_used_at = '2026-11-02T01:00:00Z'");
		reconcile();
		assertThat(finding("other", "IDLE")).containsEntry("status", "OPEN");
		assertThat(finding("k", "IDLE")).containsEntry("resolution", "USED_AGAIN");
	}

	@Test
	void anExemptFindingIsNotOpenedAndTheKeysOthersAre() {
		key("k", "AGED", "IDLE");
		update("k", "exempted_by = '{NULL,EX-1}', exemption = 'EX-1'");
		reconcile();
		assertThat(events()).containsExactly("1 k AGED OPENED WARN null");
	}

	@Test
	void aFindingWhoseExemptionEndsIsOpenedAnew() {
		key("k", "IDLE");
		reconcile();
		night();
		key("k", "IDLE");
		update("k", "exempted_by = '{EX-1}'");
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("resolution", "EXEMPTED");
		night();
		key("k", "IDLE");
		reconcile();
		assertThat(finding("k", "IDLE")).containsEntry("status", "OPEN")
			.containsEntry("first_seen_run", this.run)
			.containsEntry("first_seen_at", Timestamp.from(this.runs.get(this.run).asOf()))
			.containsEntry("seen_days", 1);
		assertThat(events()).contains("3 k IDLE OPENED WARN null");
	}

	@Test
	void reconcilingTwiceChangesNothing() {
		key("k", "IDLE");
		key("gone", "UNNAMED");
		reconcile();
		night();
		key("k", "IDLE", "AGED");
		update("k", "violations = '{IDLE}'");
		reconcile();
		List<Map<String, Object>> findings = table("finding");
		List<Map<String, Object>> events = table("finding_event");
		reconcile();
		assertThat(table("finding")).isEqualTo(findings);
		assertThat(table("finding_event")).isEqualTo(events);
	}

	@Test
	void whatARunResolvedByAPolicyThatWasThenCorrectedGoesOnAsBefore() {
		orphan();
		reconcile();
		for (int night = 0; night < 7; night++) {
			night();
			orphan();
			reconcile();
		}
		Map<String, Object> before = finding("k", "ORPHANED");
		night();
		key("k");
		reconcile();
		assertThat(finding("k", "ORPHANED")).containsEntry("status", "RESOLVED");
		update("k", "findings = '{ORPHANED}', reasons = '{x}', violation_at = '{NULL}', grace_days = '{7}'");
		reconcile();
		assertThat(finding("k", "ORPHANED")).containsEntry("status", "OPEN")
			.containsEntry("level", "VIOLATION")
			.containsEntry("first_seen_at", before.get("first_seen_at"))
			.containsEntry("first_seen_run", before.get("first_seen_run"))
			.containsEntry("resolution", null);
		assertThat(events()).noneMatch((event) -> event.contains("RESOLVED"));
	}

	@Test
	void whatARunFoundAndTookBackAndFoundAgainIsToldOnce() {
		key("new", "IDLE");
		key("worse", "IDLE");
		reconcile();
		night();
		key("worse", "IDLE");
		update("worse", "violations = '{IDLE}'");
		key("newer", "IDLE");
		reconcile();
		List<String> before = events();
		update("worse", "exempted_by = '{EX-1}'");
		update("newer", "exempted_by = '{EX-1}'");
		reconcile();
		assertThat(events()).contains("2 worse IDLE RESOLVED VIOLATION EXEMPTED");
		update("worse", "exempted_by = '{NULL}'");
		update("newer", "exempted_by = '{NULL}'");
		reconcile();
		assertThat(events()).isEqualTo(before);
		assertThat(after(this.run)).containsExactlyInAnyOrder("worse IDLE VIOLATION", "newer IDLE WARN");
	}

	@Test
	void theFindingsAfterAPastRunCanStillBeTold() {
		key("k", "IDLE");
		reconcile();
		night();
		key("k", "IDLE");
		update("k", "violations = '{IDLE}'");
		reconcile();
		night();
		key("k");
		reconcile();
		assertThat(after(this.run - 2)).containsExactly("k IDLE WARN");
		assertThat(after(this.run - 1)).containsExactly("k IDLE VIOLATION");
		assertThat(after(this.run)).isEmpty();
	}

	/**
	 * The last run's are read from the open findings, those of earlier ones from events.
	 */
	@Test
	void whatARunLeftOpenReadsTheSameAfterManyMoreNights() {
		Random random = new Random(20261127);
		Map<Long, List<String>> asLeft = new HashMap<>();
		for (int night = 0; night < 40; night++) {
			for (int key = 0; key < 6; key++) {
				key("k" + key, (random.nextInt(3) > 0) ? new String[] { "IDLE" } : new String[] {});
				update("k" + key, random.nextBoolean() ? "violations = findings" : "kind = 'team'");
				update("k" + key, (random.nextInt(8) == 0) ? "judgement = 'DATA_ERROR'" : "kind = 'personal'");
			}
			reconcile();
			asLeft.put(this.run, after(this.run));
			night();
		}
		night();
		key("another", "UNNAMED");
		reconcile();
		asLeft.forEach((then, left) -> assertThat(after(then)).as("run " + then).isEqualTo(left));
		assertThat(asLeft.values().stream().distinct().count()).isGreaterThan(30);
	}

	private List<String> after(long run) {
		return this.jdbc
			.sql("""
					SELECT key_id || ' ' || rule || ' ' || level FROM keysteward.findings_at(:run) ORDER BY first_seen_at, key_id
					""")
			.param("run", run)
			.query(String.class)
			.list();
	}

	private void orphan() {
		key("k", "ORPHANED");
		update("k", "grace_days = '{7}'");
	}

	/** One night later than the one before, to the same hour. */
	private void night() {
		this.run = this.jdbc.sql("""
				INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy, policy_sha256, sources,
				                            narrowed, status)
				VALUES (:key, :asOf, 'REPORT', 'manual', 'test', :policy::jsonb, 'same', '{s}', false, 'RUNNING')
				RETURNING run_id
				""")
			.param("key", "night-" + this.nights)
			.param("asOf", FIRST_NIGHT.plus(Duration.ofHours(24L * this.nights)).atOffset(ZoneOffset.UTC))
			.param("policy", """
					{"preset":"default","settings":{},"overrides":[],"rules":[],"placeholders":"1","sources":[]}""")
			.query(Long.class)
			.single();
		this.nights++;
		this.jdbc
			.sql("INSERT INTO keysteward.run_source (run_id, source, title, status) VALUES (:run, 's', 's', 'READ')")
			.param("run", this.run)
			.update();
	}

	private void key(String id, String... findings) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, project_id, project_state, owner_id, kind,
					       last_used_at, usage, status, judgement, findings, violations, reasons, violation_at, grace_days)
					VALUES (:run, 's', :id, 'test', 'p-1', 'MISSING', 'u-1', 'personal', '2026-08-01T00:00:00Z', 'USED', 'ACTIVE',
					        'JUDGED', :findings, '{}', :findings, array_fill(NULL::timestamptz, ARRAY[:count]),
					        array_fill(NULL::int, ARRAY[:count]))
					""")
			.param("run", this.run)
			.param("id", id)
			.param("findings", findings)
			.param("count", findings.length)
			.update();
	}

	private void update(String id, String change) {
		this.jdbc.sql("UPDATE keysteward.key_snapshot SET " + change + " WHERE run_id = :run AND key_id = :id")
			.param("run", this.run)
			.param("id", id)
			.update();
	}

	private void reconcile() {
		Run stored = this.runs.get(this.run);
		this.transaction.executeWithoutResult((status) -> this.findings.reconcile(stored));
	}

	private Map<String, Object> finding(String key, String rule) {
		return this.jdbc.sql("SELECT * FROM keysteward.finding WHERE key_id = :key AND rule = :rule")
			.param("key", key)
			.param("rule", rule)
			.query()
			.singleRow();
	}

	private List<String> events() {
		return this.jdbc.sql("""
				SELECT concat_ws(' ', run_id, key_id, rule, event, level, coalesce(resolution, 'null'))
				FROM keysteward.finding_event ORDER BY run_id, key_id, rule
				""").query(String.class).list();
	}

	private List<Map<String, Object>> table(String name) {
		return this.jdbc.sql("SELECT * FROM keysteward." + name + " ORDER BY source, key_id, rule")
			.query()
			.listOfRows();
	}

	/** Only its name and its evidence matter here. */
	private static Rule rule(String code, Rule.Evidence evidence) {
		return new TestRule(code, evidence, (key, terms) -> Optional.empty());
	}

}
