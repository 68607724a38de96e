package io.keysteward.report.workbook;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.TestDatabase;
import io.keysteward.insight.ActionCounts;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.ReportWriter;
import io.keysteward.report.WriteFailures;
import io.keysteward.report.WrittenReport;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.run.Totals;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.run.Totals.RuleTotals;
import io.keysteward.run.Totals.SourceTotals;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs as other packages would have stored them, put straight into the tables.
 */
public final class RunFixtures {

	static final PolicyDocument POLICY = new PolicyDocument("default", settings(),
			List.of(new PolicyDocument.Override("api-keys", "p-batch", Map.of("projects.max-keys", "50"))),
			List.of(new PolicyDocument.RuleText("IDLE", "Not used for the threshold.",
					List.of("CIS Controls v8.1 5.3", "NIST SP 800-53 r5 AC-2(3)(d)")),
					new PolicyDocument.RuleText("UNNAMED", "Its name says nothing.", List.of())),
			"2026-11",
			List.of(new PolicyDocument.SourceText("api-keys", "API key records", "api-key-records", "ab12", null)));

	private final TestDatabase database = TestDatabase.migrated();

	private final JdbcClient jdbc = this.database.jdbc();

	private final JsonMapper json = JsonMapper.builder().build();

	/** With an id that is the same each time. */
	public RunFixtures() {
		this.jdbc.sql("UPDATE keysteward.installation SET id = '00000000-0000-4000-8000-000000000001'").update();
	}

	public TestDatabase database() {
		return this.database;
	}

	public JdbcClient jdbc() {
		return this.jdbc;
	}

	/**
	 * {@return the workbook of a run, written to where no file is}
	 */
	public WrittenReport write(ReportSettings settings, Run run, List<String> remarks, Path target) {
		return write(new Workbook(settings), run, remarks, target);
	}

	/**
	 * {@return a report of a run, written to where no file is}
	 */
	public WrittenReport write(ReportFormat format, Run run, List<String> remarks, Path target) {
		return new ReportWriter(this.database.dataSource(), runs()).write(run, remarks, format, target,
				WriteFailures.PROPERTY);
	}

	public Runs runs() {
		return bean(Runs.class);
	}

	/** The class is open to the container only, so the container makes it. */
	private <T> T bean(Class<T> type) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("jdbc", this.jdbc);
		beans.registerSingleton("json", this.json);
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		beans.registerBeanDefinition("bean", definition);
		return beans.getBean(type);
	}

	public Run get(long id) {
		return runs().get(id);
	}

	/** A run that read everything, its partition open, one source read. */
	public long open(String runKey, String asOf, @Nullable Long baseline) {
		return open(runKey, asOf, baseline, POLICY);
	}

	public long open(String runKey, String asOf, @Nullable Long baseline, PolicyDocument policy) {
		long id = this.jdbc.sql("""
				INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
				                            narrowed, baseline_run_id, status, started_at, finished_at)
				VALUES (:key, :asOf, 'REPORT', 'schedule', 'cronjob', :sha, :policy::jsonb, '{api-keys}', false,
				        :baseline, 'COMPLETE', :asOf, :asOf + interval '3 minutes')
				RETURNING run_id
				""")
			.param("key", runKey)
			.param("asOf", utc(asOf))
			.param("sha", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8")
			.param("policy", this.json.writeValueAsString(policy))
			.param("baseline", baseline)
			.query(Long.class)
			.single();
		source(id, "api-keys", "API key records", "READ", null);
		return id;
	}

	void source(long run, String source, String title, String status, @Nullable String fault) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at, read_rows, remasked, fault)
					SELECT run_id, :source, :title, :status, CASE :status WHEN 'READ' THEN as_of + interval '4 seconds' END,
					       0, 0, :fault
					FROM keysteward.run WHERE run_id = :run
					""")
			.param("run", run)
			.param("source", source)
			.param("title", title)
			.param("status", status)
			.param("fault", fault)
			.update();
	}

	/**
	 * A used, active key without findings; other columns are given as an SQL SET list.
	 */
	public void key(long run, String keyId, String set) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, masked_key, project_id, project_name,
					  project_state, owner_id, owner_name, owner_email, owner_state, created_at, last_used_at, usage, status,
					  kind, judgement, idle_days, findings, violations, reasons, violation_at, grace_days)
					VALUES (:run, 'api-keys', :id, 'orders export', 'sk-a****9f3c', 'p-shop', 'Shop', 'ok', 'u-7', 'Ada Byron',
					  'ada@example.org', 'ok', '2026-02-01 09:00Z', '2026-11-20 08:30Z', 'USED', 'ACTIVE', 'personal',
					  'JUDGED', 3, '{}', '{}', '{}', '{}', '{}')
					""")
			.param("run", run)
			.param("id", keyId)
			.update();
		if (!set.isEmpty()) {
			this.jdbc.sql("UPDATE keysteward.key_snapshot SET " + set + " WHERE run_id = :run AND key_id = :id")
				.param("run", run)
				.param("id", keyId)
				.update();
		}
	}

	public void name(long run, String keyId, String name) {
		this.jdbc.sql("UPDATE keysteward.key_snapshot SET name = :name WHERE run_id = :run AND key_id = :id")
			.param("name", name)
			.param("run", run)
			.param("id", keyId)
			.update();
	}

	public void exemption(long run, String id, String covers, String expires) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.run_exemption (run_id, exemption_id, covers, rules, reason, approver, ticket, expires_at)
					VALUES (:run, :id, :covers, '{AGED,IDLE}', 'Runs each quarter.', 'jonas.weber@example.org', 'SEC-4711',
					        :expires)
					""")
			.param("run", run)
			.param("id", id)
			.param("covers", covers)
			.param("expires", utc(expires))
			.update();
	}

	/** In the workbook of a run, applied in 2026. */
	public void decision(long run, String keyId, String kind, @Nullable String ends, @Nullable String owner) {
		this.jdbc
			.sql("""
					WITH file AS (
					  INSERT INTO keysteward.decision_file (run_id, name, sha256, population, applied_by, applied_at,
					                                        after_run)
					  VALUES (:run, 'keysteward.xlsx', 'f1e2', 4, 'jonas.weber', '2026-11-22 09:00Z', :run)
					  RETURNING file_id)
					INSERT INTO keysteward.decision (file_id, source, key_id, key_created_at, kind, ends_at, reason, decided_by,
					                                 new_owner)
					SELECT file_id, 'api-keys', :id, '2026-02-01 09:00Z', :kind, :ends::timestamptz, 'Agreed.', 'Grace Hopper',
					       :owner FROM file
					""")
			.param("run", run)
			.param("id", keyId)
			.param("kind", kind)
			.param("ends", ends)
			.param("owner", owner)
			.update();
	}

	public void event(long run, String keyId, String rule, String event, String level, String since,
			@Nullable String resolution) {
		this.jdbc
			.sql("""
					WITH event AS (
					  INSERT INTO keysteward.finding_event (run_id, source, key_id, rule, event, level, first_seen_at, resolution)
					  VALUES (:run, 'api-keys', :id, :rule, :event, :level, :since, :resolution)
					  RETURNING *)
					INSERT INTO keysteward.finding_row (source, key_id, rule, level, status, first_seen_run, first_seen_at,
					                                last_seen_run, last_seen_at)
					SELECT source, key_id, rule, level, CASE event WHEN 'RESOLVED' THEN 'RESOLVED' ELSE 'OPEN' END, run_id,
					       first_seen_at, run_id, first_seen_at
					FROM event
					ON CONFLICT (source, key_id, rule) DO UPDATE
					SET level = excluded.level, status = excluded.status, last_seen_run = excluded.last_seen_run
					""")
			.param("run", run)
			.param("id", keyId)
			.param("rule", rule)
			.param("event", event)
			.param("level", level)
			.param("since", utc(since))
			.param("resolution", resolution)
			.update();
	}

	/** What a run decided about a key; other columns are given as an SQL SET list. */
	public void action(long run, String keyId, String action, String decision, @Nullable String outcome, String set) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates, outcome,
					                                   intended_at, done_at)
					SELECT run_id, 'api-keys', :id, :action, :decision, CASE :decision WHEN 'HELD' THEN 'NOTICE' END,
					       CASE :decision WHEN 'HELD' THEN '{NOTICE}' ELSE '{}' END::text[], :outcome,
					       CASE WHEN :outcome NOT IN ('WOULD_DISABLE') THEN as_of + interval '60 seconds' END,
					       CASE WHEN :outcome NOT IN ('WOULD_DISABLE') THEN as_of + interval '61 seconds' END
					FROM keysteward.run WHERE run_id = :run
					""")
			.param("run", run)
			.param("id", keyId)
			.param("action", action)
			.param("decision", decision)
			.param("outcome", outcome, Types.VARCHAR)
			.update();
		if (!set.isEmpty()) {
			this.jdbc.sql("ALTER TABLE keysteward.key_action DISABLE TRIGGER keep_key_action").update();
			this.jdbc
				.sql("UPDATE keysteward.key_action SET " + set
						+ " WHERE run_id = :run AND key_id = :id AND action = :action")
				.param("run", run)
				.param("id", keyId)
				.param("action", action)
				.update();
			this.jdbc.sql("ALTER TABLE keysteward.key_action ENABLE TRIGGER keep_key_action").update();
		}
	}

	/** Somebody who switched keys on again. */
	long restore(String runKey, String startedAt) {
		return this.jdbc
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                            narrowed, status, started_at, finished_at)
					VALUES (:key, :at, 'RESTORE', 'manual', 'grace', '', :policy::jsonb, '{api-keys}', true, 'COMPLETE', :at, :at)
					RETURNING run_id
					""")
			.param("key", runKey)
			.param("at", utc(startedAt))
			.param("policy", this.json.writeValueAsString(POLICY))
			.query(Long.class)
			.single();
	}

	void hold(long run, String gate, String source, String detail) {
		this.jdbc.sql(
				"INSERT INTO keysteward.run_hold (run_id, gate, source, detail) VALUES (:run, :gate, :source, :detail)")
			.param("run", run)
			.param("gate", gate)
			.param("source", source)
			.param("detail", detail)
			.update();
	}

	void notice(long run, String kind, String recipient, String status, @Nullable String detail) {
		this.jdbc.sql("""
				INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, detail)
				VALUES (:run, :kind, :recipient, gen_random_uuid(), :status, :detail)
				""")
			.param("run", run)
			.param("kind", kind)
			.param("recipient", recipient)
			.param("status", status)
			.param("detail", detail, Types.VARCHAR)
			.update();
	}

	void update(long run, String set) {
		this.jdbc.sql("UPDATE keysteward.run SET " + set + " WHERE run_id = :run").param("run", run).update();
	}

	/** Counts the run's totals from its tables, and returns the run with them. */
	public Run close(long run) {
		Totals totals = new Totals(this.jdbc.sql("""
				SELECT s.source, count(k.key_id) AS read, count(*) FILTER (WHERE judgement = 'JUDGED') AS judged,
				       count(*) FILTER (WHERE judgement = 'DATA_ERROR') AS data_errors,
				       count(*) FILTER (WHERE judgement = 'NOT_GOVERNED') AS not_governed,
				       count(*) FILTER (WHERE judgement = 'NOT_ACTIVE') AS not_active,
				       count(*) FILTER (WHERE judgement = 'JUDGED' AND findings <> '{}') AS flagged,
				       max(s.remasked) AS remasked
				FROM keysteward.run_source s LEFT JOIN keysteward.key_snapshot k USING (run_id, source)
				WHERE run_id = :run AND s.status = 'READ' GROUP BY s.source
				""").param("run", run).query(RunFixtures::source).list(), this.jdbc.sql("""
				SELECT rule, level, count(*) AS keys FROM keysteward.findings_at(:run) GROUP BY rule, level
				ORDER BY rule, level
				""").param("run", run).query(RuleTotals.class).list(), flagged(run), events(run, "OPENED"),
				events(run, "RAISED"), events(run, "RESOLVED"), 0L, actions(run));
		totals(run, totals);
		return get(run);
	}

	private static SourceTotals source(ResultSet row, int number) throws SQLException {
		return new SourceTotals(row.getString("source"), row.getLong("read"), row.getLong("judged"),
				row.getLong("data_errors"), row.getLong("not_governed"), row.getLong("not_active"),
				row.getLong("flagged"), row.getLong("remasked"));
	}

	public void totals(long run, Totals totals) {
		this.jdbc.sql("UPDATE keysteward.run SET totals = :totals::jsonb WHERE run_id = :run")
			.param("totals", this.json.writeValueAsString(totals))
			.param("run", run)
			.update();
	}

	private ActionTotals actions(long run) {
		return bean(ActionCounts.class).count(run);
	}

	private long flagged(long run) {
		return this.jdbc.sql("""
				SELECT count(*) FROM keysteward.key_snapshot
				WHERE run_id = :run AND judgement = 'JUDGED' AND findings <> '{}'
				""").param("run", run).query(Long.class).single();
	}

	private long events(long run, String event) {
		return this.jdbc.sql("SELECT count(*) FROM keysteward.finding_event WHERE run_id = :run AND event = :event")
			.param("run", run)
			.param("event", event)
			.query(Long.class)
			.single();
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("idle.warn", "45d");
		settings.put("projects.max-keys", "2");
		return settings;
	}

	private static OffsetDateTime utc(String instant) {
		return Instant.parse(instant).atOffset(ZoneOffset.UTC);
	}

}
