package io.keysteward.notice.mail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.keysteward.insight.DueNotices;
import io.keysteward.insight.NoticeKeys;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.OwnerOutbox;
import io.keysteward.notice.webhook.ChannelSettings;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.report.workbook.KeyListWorkbook;
import io.keysteward.run.Reminder;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A night in which owners are to be told, as the steps before have stored it.
 *
 * @param stored the run
 * @param jdbc its database
 * @param reminders further mails between the two warnings
 */
record OwnerNight(RunFixture stored, JdbcClient jdbc, Reminders reminders) {

	static final Instant NOW = Instant.parse("2026-11-23T02:05:00Z");

	static final MailSettings SETTINGS = new MailSettings("keysteward@example.com",
			List.of("security@example.com", "ciso@example.com"), RunFixture.ATTACHMENT, "prod", true, null, List.of(),
			null);

	static OwnerNight of() {
		RunFixture stored = RunFixture.of("2026-11-23");
		OwnerNight night = new OwnerNight(stored, stored.database().jdbc(), Reminders.NONE);
		night.inventory(stored.id());
		stored.update("mode = 'DISABLE'");
		return night;
	}

	OwnerNight reminders(Reminder... reminders) {
		return new OwnerNight(this.stored, this.jdbc, new Reminders(List.of(reminders)));
	}

	/** Each row is a key of Ada's in project p-shop, idle and due on 7 December. */
	OwnerNight keys(String kind, int from, int to) {
		snapshots(this.stored.id(), from, to);
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates, due_at,
					                                   next_notice)
					SELECT :run, 'api-keys', 'k-' || lpad(n::text, 4, '0'), 'DISABLE', 'HELD', 'NOTICE', '{NOTICE}',
					       '2026-12-07 02:00Z', :kind
					FROM generate_series(:from, :to) n
					""")
			.param("run", this.stored.id())
			.param("kind", kind)
			.param("from", from)
			.param("to", to)
			.update();
		return this;
	}

	OwnerNight snapshots(long run, int from, int to) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, masked_key, project_id, project_name,
					  project_state, owner_id, owner_name, owner_email, owner_state, created_at, last_used_at, usage, status,
					  kind, judgement, idle_days, findings, violations, reasons, violation_at, grace_days, exempted_by)
					SELECT :run, 'api-keys', 'k-' || lpad(n::text, 4, '0'), 'orders export ' || n, 'sk-a****9f3c', 'p-shop',
					  'Shop', 'OK', 'u-7', 'Ada Byron', 'ada@example.org', 'OK', '2026-02-01 09:00Z', '2026-08-20 08:30Z',
					  'USED', 'ACTIVE', 'personal', 'JUDGED', 95, '{IDLE,UNNAMED}', '{IDLE}',
					  '{"Last used on 2026-08-20, 95 days ago; the threshold is 90 days.",Its name says nothing.}',
					  '{null,null}', '{null,null}', '{null,null}'
					FROM generate_series(:from, :to) n
					""")
			.param("run", run)
			.param("from", from)
			.param("to", to)
			.update();
		return this;
	}

	/** Changes a key's row in the inventory, by an SQL SET list. */
	OwnerNight but(int key, String set, @Nullable String value) {
		this.jdbc.sql("UPDATE keysteward.key_snapshot SET " + set + " WHERE run_id = :run AND key_id = :key")
			.param("value", value)
			.param("run", this.stored.id())
			.param("key", "k-%04d".formatted(key))
			.update();
		return this;
	}

	OwnerNight owner(int key, @Nullable String email) {
		return but(key, "owner_email = :value", email);
	}

	OwnerNight did(long run, int key, String action, String outcome) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					VALUES (:run, 'api-keys', :key, :action, 'DUE', :outcome, '2026-11-23 02:03Z', '2026-11-23 02:03Z')
					""")
			.param("run", run)
			.param("key", "k-%04d".formatted(key))
			.param("action", action)
			.param("outcome", outcome)
			.update();
		return this;
	}

	/** Another run, later than those that there are. */
	long later(String key, String asOf, String mode) {
		long id = this.jdbc.sql("""
				INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
				                            narrowed, status)
				SELECT :key, :asOf::timestamptz, :mode, trigger, requested_by, policy_sha256, policy, sources, narrowed,
				       status
				FROM keysteward.run WHERE run_id = :run
				RETURNING run_id
				""")
			.param("key", key)
			.param("asOf", asOf)
			.param("mode", mode)
			.param("run", this.stored.id())
			.query(Long.class)
			.single();
		inventory(id);
		return id;
	}

	Run run() {
		return this.stored.run();
	}

	Run run(long id) {
		return new RunFixture(this.stored.database(), id).run();
	}

	OwnerNotices notices(JavaMailSenderImpl sender) {
		return notices(sender, SETTINGS, OwnerDirectory.NOBODY);
	}

	OwnerNotices notices(JavaMailSenderImpl sender, MailSettings settings, OwnerDirectory owners) {
		return notices(sender, settings, owners, List.of());
	}

	OwnerNotices notices(JavaMailSenderImpl sender, MailSettings settings, OwnerDirectory owners,
			List<ChannelSettings> channels) {
		MailServer server = server(sender);
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(
				this.stored.database().dataSource());
		Outbox outbox = new Outbox(this.jdbc, Clock.fixed(NOW, ZoneOffset.UTC), transactions);
		OwnerMail mail = new OwnerMail(server, settings, outbox, new OwnerOutbox(this.jdbc), new NoticeKeys(this.jdbc),
				new Runs(this.jdbc, JsonMapper.builder().build()), new Templates(), new KeyListWorkbook(),
				this.reminders);
		return new OwnerNotices(new DueNotices(this.jdbc), new Recipients(server, settings, owners), outbox,
				new OwnerOutbox(this.jdbc), mail, post(settings, outbox, channels), settings, this.reminders,
				new RunJournal(this.jdbc, JsonMapper.builder().build()), transactions);
	}

	private OwnerPost post(MailSettings settings, Outbox outbox, List<ChannelSettings> channels) {
		return new OwnerPost(Channels.of(channels, new DefaultSslBundleRegistry(), Clock.systemUTC()), settings, outbox,
				new OwnerOutbox(this.jdbc), new NoticeKeys(this.jdbc),
				new Runs(this.jdbc, JsonMapper.builder().build()), this.reminders);
	}

	/** Does as the step does. */
	OwnerNight send(JavaMailSenderImpl sender) {
		return send(notices(sender), run());
	}

	OwnerNight send(OwnerNotices notices, Run run) {
		notices.prepare(run);
		while (notices.sendNext(run)) {
			// One mail each.
		}
		return this;
	}

	List<Map<String, Object>> outbox() {
		return this.stored.notices();
	}

	/**
	 * {@return the ids of the keys that a message names in the outbox, sorted}
	 */
	List<String> named(String messageId) {
		return this.jdbc.sql("""
				SELECT key_id FROM keysteward.notice_key JOIN keysteward.notice USING (notice_id)
				WHERE message_id = :id ORDER BY key_id
				""").param("id", messageId).query(String.class).list();
	}

	static MailServer server(@Nullable JavaMailSenderImpl sender) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		if (sender != null) {
			beans.addBean("mailSender", sender);
		}
		return new MailServer(beans.getBeanProvider(JavaMailSenderImpl.class));
	}

	static MailSettings settings(boolean warn, @Nullable String fallback, String... domains) {
		return new MailSettings(SETTINGS.from(), SETTINGS.to(), RunFixture.ATTACHMENT, "prod", warn, fallback,
				List.of(domains), null);
	}

	private void inventory(long run) {
	}

}
