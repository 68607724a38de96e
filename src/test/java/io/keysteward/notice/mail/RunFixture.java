package io.keysteward.notice.mail;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.insight.DisabledKeyMonitor;
import io.keysteward.insight.RunIncidents;
import io.keysteward.notice.Outbox;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;

/**
 * A run as it is stored when its report is to be mailed, and the mail's parts around it.
 *
 * @param database where it is
 * @param id the run's id
 */
public record RunFixture(TestDatabase database, long id) {

	/** The largest, as shipped. */
	static final DataSize ATTACHMENT = TestSettings.of(MailSettings.class).maxAttachment();

	static final MailSettings SETTINGS = new MailSettings("keysteward@example.com",
			List.of("security@example.com", "Chief <ciso@example.com>"), ATTACHMENT, "prod", false, null, List.of(),
			null);

	private static final String POLICY = """
			{"preset": "default", "settings": {}, "overrides": [], "placeholders": "1", "sources": [],
			 "rules": [
			  {"code": "AGED", "definition": "Created more than 365 days ago.", "standards": []},
			  {"code": "IDLE", "definition": "Not used for 45 days; a violation after 90 days.", "standards": []},
			  {"code": "ORPHANED", "definition": "Its project or owner is gone or disabled.", "standards": []},
			  {"code": "UNNAMED", "definition": "Has no name that a person chose.", "standards": []}]}
			""";

	static final String TOTALS = """
			{"sources": [
			  {"source": "api-keys", "read": 1204, "judged": 1100, "dataErrors": 4, "notGoverned": 60,
			   "notActive": 40, "flagged": 47, "remasked": 0},
			  {"source": "ci", "read": 18, "judged": 18, "dataErrors": 0, "notGoverned": 0, "notActive": 0,
			   "flagged": 3, "remasked": 0}],
			 "findings": [
			  {"rule": "AGED", "level": "WARN", "keys": 9}, {"rule": "IDLE", "level": "VIOLATION", "keys": 10},
			  {"rule": "IDLE", "level": "WARN", "keys": 21}, {"rule": "ORPHANED", "level": "VIOLATION", "keys": 2},
			  {"rule": "UNNAMED", "level": "WARN", "keys": 15}],
			 "flaggedKeys": 50, "newFindings": 5, "worseFindings": 2, "resolvedFindings": 11}
			""";

	/**
	 * {@return a run with an earlier one to compare with, of two sources that were read}
	 */
	public static RunFixture of(String key) {
		return of(key, TOTALS);
	}

	public static RunFixture of(String key, @Nullable String totals) {
		TestDatabase database = TestDatabase.migrated();
		long baseline = insert(database, "baseline", null, null);
		RunFixture run = new RunFixture(database, insert(database, key, totals, baseline));
		run.source("api-keys", "API key records", "READ", null);
		run.source("ci", "Build servers", "READ", null);
		return run;
	}

	void source(String id, String title, String status, @Nullable String fault) {
		this.database.jdbc()
			.sql("""
					INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at, read_rows, remasked, fault)
					VALUES (:run, :id, :title, :status,
					        CASE :status WHEN 'READ' THEN timestamptz '2026-11-23 02:00:07Z' END, 0, 0, :fault)
					ON CONFLICT (run_id, source) DO UPDATE
					SET title = :title, status = :status, snapshot_at = excluded.snapshot_at, fault = :fault
					""")
			.param("run", this.id)
			.param("id", id)
			.param("title", title)
			.param("status", status)
			.param("fault", fault)
			.update();
	}

	void update(String assignment) {
		this.database.jdbc()
			.sql("UPDATE keysteward.run SET " + assignment + " WHERE run_id = :run")
			.param("run", this.id)
			.update();
	}

	Run run() {
		return runs().get(this.id);
	}

	List<RunSource> sources() {
		return runs().sources(this.id);
	}

	GovernanceMail mail(@Nullable JavaMailSenderImpl sender, MailSettings settings) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		if (sender != null) {
			beans.addBean("mailSender", sender);
		}
		return new GovernanceMail(new MailServer(beans.getBeanProvider(JavaMailSenderImpl.class)), settings, outbox(),
				new Templates(), events());
	}

	/**
	 * {@return what the mail's call did, with the workbook that is given}
	 */
	public GovernanceMail.Outcome send(JavaMailSenderImpl sender, Path workbook, String sha256) {
		return mail(sender, SETTINGS).send(run(), sources(), reports(workbook, sha256), null);
	}

	/**
	 * {@return a workbook as the only report}
	 */
	static List<MailedReport> reports(Path workbook, String sha256) {
		return List.of(new MailedReport("workbook", "workbook", true, workbook, sha256));
	}

	RunIncidents events() {
		return new RunIncidents(this.database.jdbc(), new DisabledKeyMonitor(this.database.jdbc()), runs());
	}

	/** Puts the counts of disabling into the run's totals, such as {@code "held": 2}. */
	void actions(String counts) {
		update("totals = jsonb_set(totals, '{actions}', '{\"heldBy\": [], " + counts + "}')");
	}

	void hold(String gate, String source, String detail) {
		this.database.jdbc()
			.sql("INSERT INTO keysteward.run_hold (run_id, gate, source, detail) VALUES (:run, :gate, :source, :detail)")
			.param("run", this.id)
			.param("gate", gate)
			.param("source", source)
			.param("detail", detail)
			.update();
	}

	void failed(String recipient, String detail) {
		this.database.jdbc().sql("""
				INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, detail)
				VALUES (:run, 'WARNING', :recipient, gen_random_uuid(), 'FAILED', :detail)
				""").param("run", this.id).param("recipient", recipient).param("detail", detail).update();
	}

	/** A key that the earlier run disabled, and that this run found active. */
	void activeAgain(String source, String keyId) {
		this.database.jdbc().sql("""
				INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, usage, status, judgement, findings,
				                                     violations, reasons, violation_at, grace_days)
				VALUES (:run, :source, :key, 'a name', 'UNKNOWN', 'ACTIVE', 'JUDGED', '{}', '{}', '{}', '{}', '{}')
				""").param("run", this.id).param("source", source).param("key", keyId).update();
		this.database.jdbc()
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					SELECT baseline_run_id, :source, :key, 'DISABLE', 'DUE', 'DISABLED', '2026-11-20 02:01Z', '2026-11-20 02:01Z'
					FROM keysteward.run WHERE run_id = :run
					""")
			.param("run", this.id)
			.param("source", source)
			.param("key", keyId)
			.update();
	}

	public Outbox outbox() {
		return new Outbox(this.database.jdbc(), Clock.systemUTC(),
				new DataSourceTransactionManager(this.database.dataSource()));
	}

	/**
	 * {@return the outbox, as message id, status, detail}
	 */
	public List<Map<String, Object>> notices() {
		return this.database.jdbc()
			.sql("SELECT kind, recipient, message_id, status, detail, sent_at FROM keysteward.notice ORDER BY notice_id")
			.query()
			.listOfRows();
	}

	/**
	 * {@return a sender to this server; plain: without TLS}
	 */
	static JavaMailSenderImpl sender(int port, boolean plain) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		sender.setHost("localhost");
		sender.setPort(port);
		sender.setDefaultEncoding("UTF-8");
		sender.getJavaMailProperties().put("mail.smtp.localhost", "keysteward.example.com");
		sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "2000");
		sender.getJavaMailProperties().put("mail.smtp.timeout", "2000");
		sender.getJavaMailProperties().put("mail.smtp.quitwait", "false");
		sender.getJavaMailProperties().put("mail.smtp.starttls.enable", String.valueOf(!plain));
		sender.getJavaMailProperties().put("mail.smtp.starttls.required", String.valueOf(!plain));
		return sender;
	}

	private static long insert(TestDatabase database, String key, @Nullable String totals, @Nullable Long baseline) {
		return database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                            narrowed, baseline_run_id, status, started_at, totals)
					VALUES (:key, '2026-11-23 02:00:00Z', 'REPORT', 'schedule', 'keysteward-28401', :sha, :policy::jsonb,
					        '{api-keys,ci}', false, :baseline, 'RUNNING', '2026-11-23 02:00:03Z', :totals::jsonb)
					RETURNING run_id
					""")
			.param("key", key)
			.param("sha", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
			.param("policy", POLICY)
			.param("baseline", baseline)
			.param("totals", totals)
			.query(Long.class)
			.single();
	}

	private Runs runs() {
		return new Runs(this.database.jdbc(), JsonMapper.builder().build());
	}

}
