package io.keysteward.job;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.lock.RunLocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A night that was judged by a wrong clock is set aside.
 */
class SetAsideTests {

	private static final String FINDINGS = """
			SELECT concat_ws(' ', key_id, rule, level, status, first_seen_run, first_seen_at, last_seen_run, last_seen_at,
			                 violation_at, resolved_run, resolved_at, resolution, seen_days)
			FROM keysteward.finding ORDER BY key_id, rule
			""";

	private final Register register;

	SetAsideTests(@TempDir Path directory) {
		this.register = new Register(directory).key("again", "2026-01-01", "2026-07-01Z")
			.key("dead", "2026-01-01", "2026-05-01Z")
			.key("kept", "2026-01-01", "2026-08-27Z")
			.key("later", "2026-01-01", "2026-09-20Z")
			.key("reopened", "2026-01-01", "2026-06-01Z");
		assertThat(run("2026-10-10")).isZero();
		use("reopened", "2026-10-12Z");
		assertThat(run("2026-10-20")).isZero();
	}

	@Test
	void findingsAreAgainWhatTheRunBeforeLeftAndTheNextRunFollowsThat() {
		List<String> before = texts(FINDINGS);
		assertThat(before).hasSize(4);
		use("again", "2026-10-19Z");
		this.register.keys().sql("UPDATE api_key SET name = 'test' WHERE id = 'kept'").update();
		assertThat(run("2026-11-28")).as(this.register.err()).isZero();
		assertThat(texts("SELECT DISTINCT event FROM keysteward.finding_event WHERE run_id = 3 ORDER BY event"))
			.containsExactly("OPENED", "RAISED", "RESOLVED");
		List<String> changed = texts(FINDINGS);
		assertThat(setAside("2026-11-28")).as(this.register.err()).isZero();
		assertThat(this.register.out())
			.contains("run 2026-11-28 is set aside; the next run follows run 2026-10-20, as of 2026-10-20T00:00:00Z");
		assertThat(texts(FINDINGS)).isEqualTo(before);
		assertThat(texts("SELECT key_id || level FROM keysteward.findings_at(2) ORDER BY 1"))
			.isEqualTo(texts("SELECT key_id || level FROM keysteward.finding WHERE status = 'OPEN' ORDER BY 1"));
		assertThat(texts("SELECT key_id FROM keysteward.findings_at(3)")).hasSizeGreaterThan(3);
		assertThat(run("2026-11-01")).as(this.register.err()).isZero();
		assertThat(texts("SELECT baseline_run_id::text FROM keysteward.run WHERE run_key = '2026-11-01'"))
			.containsExactly("2");
		assertThat(texts(FINDINGS)).isNotEqualTo(changed).noneMatch((line) -> line.contains("2026-11-28"));
		assertThat(texts("SELECT key_id FROM keysteward.findings_at(4)")).isNotEmpty();
	}

	@Test
	void itStaysReadableAndIsShownWithReasonAndByWhom() {
		assertThat(setAside("2026-10-20")).isZero();
		assertThat(this.register.execute("runs")).isZero();
		assertThat(this.register.out()).containsPattern("2026-10-20 +2026-10-20T00:00:00Z +REPORT +SET_ASIDE")
			.containsPattern("  set aside by \\S+ on 20\\d\\d-.*: the clock was ahead");
		assertThat(this.register.execute("report", "--run-key=2026-10-20",
				"--output=" + this.register.reports().resolve("again.xlsx")))
			.as(this.register.err())
			.isZero();
		assertThat(run("2026-10-20")).isEqualTo(5);
		assertThat(this.register.err()).contains("run 2026-10-20 is set aside").hasLineCount(1);
		assertThat(setAside("2026-10-20")).isEqualTo(5);
		assertThat(this.register.execute("find", "console/dead")).isZero();
		assertThat(this.register.out()).contains("in the inventory of run 2026-10-10");
	}

	@Test
	void whatMayNotBeSetAsideIsRefusedInOneLine() {
		refused(2, "run 2026-10-10 is not the newest one: set aside run 2026-10-20 first", "--set-aside=2026-10-10",
				"--reason=x");
		refused(2, "there is no run 'nothing'", "--set-aside=nothing", "--reason=x");
		refused(2, "--reason: is missing", "--set-aside=2026-10-20");
		refused(2, "--reason: is missing", "--set-aside=2026-10-20", "--reason= ");
		refused(2, "--reason: goes with --set-aside", "--reason=x");
		this.register.governance()
			.sql("""
					UPDATE keysteward.key_action
					SET decision = 'DUE', held_by = NULL, closed_gates = '{}', outcome = 'DISABLED', intended_at = now(), done_at = now()
					WHERE run_id = 2 AND key_id = 'dead'
					""")
			.update();
		refused(6, "it disabled 1 key that is not restored; switch them on with restore --run-key=2026-10-20",
				"--set-aside=2026-10-20", "--reason=x");
		assertThat(texts("SELECT status FROM keysteward.run")).containsOnly("COMPLETE");
	}

	@Test
	void whileARunIsUnderWayNoneIsSetAside() throws Exception {
		try (Connection other = this.register.governanceDatabase().dataSource().getConnection()) {
			other.createStatement().execute("SELECT keysteward.take_lock(" + RunLocks.RUN + ")");
			refused(4, "another run is under way", "--set-aside=2026-10-20", "--reason=x");
		}
	}

	private void refused(int exit, String line, String... options) {
		String[] command = new String[options.length + 1];
		command[0] = "runs";
		System.arraycopy(options, 0, command, 1, options.length);
		assertThat(this.register.execute(command)).as(line).isEqualTo(exit);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
	}

	private int setAside(String runKey) {
		return this.register.execute("runs", "--set-aside=" + runKey, "--reason=the clock was ahead");
	}

	private int run(String asOf) {
		return this.register.execute("run", "--as-of=" + asOf);
	}

	private void use(String key, String at) {
		this.register.keys()
			.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id = :id")
			.param("at", at)
			.param("id", key)
			.update();
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
