package io.keysteward.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.disabling.ArmedRegister;
import io.keysteward.notice.mail.SmtpStub;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The night in which things break: three keys are to be disabled, one owner is to be
 * warned, one finding ends, old inventories go. It can be had again and again, each time
 * as it was before the run, with a line to each database and a mail server of its own.
 */
final class Night {

	private static final Path DIRECTORY = Path.of("target/faults/" + ProcessHandle.current().pid()).toAbsolutePath();

	private static @Nullable Night prepared;

	static final String PASSWORD = "correct-horse-battery";

	final Register register;

	final FaultyProxy governance;

	final FaultyProxy source;

	private final TestDatabase governanceBefore;

	private final TestDatabase keysBefore;

	private final Map<String, String> settings;

	private final Map<String, List<String>> undisturbed;

	private SmtpStub mail;

	/**
	 * {@return the night, the same for all: to prepare it takes longer than to break it}
	 */
	static synchronized Night prepared() throws IOException {
		if (prepared == null) {
			prepared = new Night();
		}
		prepared.register.clear();
		prepared.settings.forEach(prepared.register::set);
		return prepared;
	}

	private Night() throws IOException {
		ArmedRegister armed = new ArmedRegister(DIRECTORY);
		this.register = armed.register;
		this.governance = new FaultyProxy(this.register.governanceDatabase().server());
		this.source = new FaultyProxy(this.register.keysDatabase().server());
		this.mail = new SmtpStub(null);
		connect();
		for (String key : List.of("dead-1", "dead-2", "dead-3", "unwarned", "woken")) {
			armed.dead(key);
		}
		armed.noteSwitches();
		armed.watchedAnew().warnedTwice("dead-1").warnedTwice("dead-2").warnedTwice("dead-3");
		this.register.keys().sql("""
				UPDATE api_key SET last_used_at = now() - interval '1 hour' WHERE id = 'woken'
				""").update();
		this.governanceBefore = this.register.governanceDatabase().keptCopy();
		this.keysBefore = this.register.keysDatabase().keptCopy();
		this.settings = this.register.properties();
		begin();
		assertThat(run()).as(this.register.err()).isZero();
		this.undisturbed = left();
	}

	/** The statements of both go over their lines in clear, each time. */
	private void connect() {
		TestDatabase governed = login(this.register.governanceDatabase(), "wired_app", "keysteward_app");
		TestDatabase keys = login(this.register.keysDatabase(), "wired_disabler", "keysteward_disabler");
		String plain = "?prepareThreshold=0&sslmode=disable&gssEncMode=disable";
		this.register.set("spring.datasource.url", governed.through(this.governance.port()).url() + plain)
			.set("spring.datasource.username", governed.username())
			.set("spring.datasource.password", governed.password())
			.set("keysteward.inventory.keep", "3d")
			.set("keysteward.disable.max-percent", "100")
			.set("keysteward.notices.max-percent", "100")
			.set("keysteward.mail.warn-owners", "true");
		TestDatabase wired = keys.through(this.source.port());
		this.register.source(0, "console", new TestDatabase(wired.url() + plain, keys.username(), keys.password()));
	}

	private static TestDatabase login(TestDatabase database, String role, String as) {
		boolean there = database.jdbc()
			.sql("SELECT count(*) > 0 FROM pg_roles WHERE rolname = '" + role + "'")
			.query(Boolean.class)
			.single();
		if (!there) {
			database.jdbc().sql("CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE %s".formatted(role, PASSWORD, as)).update();
		}
		return new TestDatabase(database.url(), role, PASSWORD);
	}

	/** It is the evening again. */
	Night begin() throws IOException {
		this.governance.renew();
		this.source.renew();
		this.register.governanceDatabase().becomeLike(this.governanceBefore);
		this.register.keysDatabase().becomeLike(this.keysBefore);
		this.mail.close();
		this.mail = new SmtpStub(null);
		this.register.set("spring.mail.port", String.valueOf(this.mail.port()));
		Files.deleteIfExists(this.register.report("tonight"));
		return this;
	}

	int run(String... options) {
		List<String> all = new ArrayList<>(List.of("run", "--run-key=tonight", "--disable"));
		all.addAll(List.of(options));
		return this.register.execute(all.toArray(String[]::new));
	}

	/** The server may need a moment to notice that whoever held the lock is gone. */
	int again() throws InterruptedException {
		int exit = run();
		for (int patience = 0; exit == 4 && patience < 50; patience++) {
			Thread.sleep(100);
			exit = run();
		}
		return exit;
	}

	/** All is as an undisturbed night leaves it. */
	void isAsUndisturbed() throws IOException {
		Map<String, List<String>> left = left();
		assertThat(drafts()).isEmpty();
		assertThat(left.get("switched")).doesNotHaveDuplicates();
		assertThat(left).isEqualTo(this.undisturbed);
	}

	SmtpStub mail() {
		return this.mail;
	}

	/**
	 * All that the run has left, but for ids, times, and an incomplete report that never
	 * went.
	 */
	Map<String, List<String>> left() {
		Map<String, List<String>> left = new TreeMap<>();
		left.put("run", governance("""
				SELECT concat_ws(' ', status, mode, totals, fault, finished_at > started_at, format, path,
				                 length(sha256)) FROM keysteward.run LEFT JOIN keysteward.run_report USING (run_id)
				WHERE run_key = 'tonight'"""));
		left.put("sources", governance("""
				SELECT concat_ws(' ', source, s.status, read_rows, remasked, s.fault) FROM keysteward.run_source s
				JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"""));
		left.put("holds", governance("""
				SELECT concat_ws(' ', gate, source, detail) FROM keysteward.run_hold
				JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"""));
		left.put("snapshot", governance("""
				SELECT (to_jsonb(k) - 'run_id')::text FROM keysteward.key_snapshot k
				JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"""));
		left.put("findings", governance("""
				SELECT concat_ws(' ', key_id, rule, level, status, seen_days, resolution,
				                 last_seen_run = (SELECT max(run_id) FROM keysteward.run)) FROM keysteward.finding"""));
		left.put("events", governance("""
				SELECT concat_ws(' ', key_id, rule, event, level, resolution) FROM keysteward.finding_event
				JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"""));
		left.put("actions", governance("""
				SELECT concat_ws(' ', key_id, action, decision, held_by, outcome, undo IS NOT NULL, next_notice)
				FROM keysteward.key_action JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"""));
		left.put("mails", governance("""
				SELECT concat_ws(' ', kind, recipient, message_id, n.status, detail,
				                 (SELECT string_agg(key_id, ',' ORDER BY key_id) FROM keysteward.notice_key k
				                  WHERE k.notice_id = n.notice_id))
				FROM keysteward.notice n JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'
				  AND NOT (n.status = 'FAILED' AND message_id LIKE '%.report-incomplete.%')"""));
		left.put("inventories", governance("""
				SELECT DISTINCT r.run_key FROM keysteward.run r JOIN keysteward.key_snapshot USING (run_id)"""));
		left.put("keys", lines(this.register.keys(), "SELECT concat_ws(' ', id, status) FROM api_key"));
		left.put("switched", lines(this.register.keys(), "SELECT id FROM switched"));
		return left;
	}

	/**
	 * {@return what stands in the report directory under a temporary name}
	 */
	List<Path> drafts() throws IOException {
		try (Stream<Path> files = Files.list(this.register.reports())) {
			return files.filter((file) -> file.toString().endsWith(".part")).toList();
		}
	}

	List<String> governance(String sql) {
		return lines(this.register.governance(), sql);
	}

	private static List<String> lines(JdbcClient jdbc, String sql) {
		return jdbc.sql(sql).query(String.class).list().stream().sorted().toList();
	}

	/** What an undisturbed night leaves. */
	Map<String, List<String>> undisturbed() {
		return this.undisturbed;
	}

}
