package io.keysteward.disabling;

import java.sql.Types;
import java.time.Instant;
import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.insight.DisabledKeyMonitor;
import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.DisabledKeyMonitor.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key is disabled by run 1 at 02:01:00, in effect a minute later; run 3 looks at it.
 */
class DisabledKeyMonitorTests {

	private final JdbcClient jdbc = TestDatabase.migrated().jdbc();

	@BeforeEach
	void store() {
		run(1, "2026-11-20 02:00Z");
		run(2, "2026-11-21 02:00Z");
		run(3, "2026-11-22 02:00Z");
		source("snapshot_at = '2026-11-22 02:00:05Z'");
		disable(1, "2026-11-20 02:01:00Z");
		snapshot("ACTIVE", null);
	}

	@Test
	void aKeyThatIsActiveAgainIsAnAlarm() {
		assertThat(watch()).containsExactly(new Alarm("s", "k1", "a name", Instant.parse("2026-11-20T02:01:00Z"),
				Cause.ACTIVE_AGAIN, null,
				"Disabled on 2026-11-20 02:01 UTC, and active again: somebody re-enabled it without Keysteward."));
		assertThat(watch().get(0).sentence()).isEqualTo(
				"Disabled on 2026-11-20 02:01 UTC, and active again: somebody re-enabled it without Keysteward.");
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20 02:02:00Z, 0", "2026-11-20 02:02:01Z, 1" })
	void aUseAfterTheDisablingTookEffectIsAnAlarmAndOneBeforeIsNot(String used, int alarms) {
		snapshot("DISABLED", used);
		assertThat(watch()).hasSize(alarms).allSatisfy((alarm) -> {
			assertThat(alarm.what()).isEqualTo(Cause.USED_SINCE);
			assertThat(alarm.sentence()).isEqualTo("Disabled on 2026-11-20 02:01 UTC, and used after that on "
					+ "2026-11-20 02:02 UTC: disabling it does not keep it from being used.");
		});
	}

	@ParameterizedTest
	@CsvSource({ "DISABLED", "EXPIRED" })
	void aKeyThatStaysDisabledAndUnusedIsNoAlarm(String status) {
		snapshot(status, "2026-08-01 02:00Z");
		assertThat(watch()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "300, 2026-11-20 02:06:00Z, 0", "300, 2026-11-20 02:06:01Z, 1" })
	void howLongADisablingTakesToBeInEffectIsWhatTheEvidenceSays(String seconds, String used, int alarms) {
		action("evidence = '{\"effective_within_seconds\": " + seconds + "}'");
		snapshot("DISABLED", used);
		assertThat(watch()).hasSize(alarms);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20 02:02:00Z, 0", "2026-11-20 02:02:01Z, 1" })
	void aSnapshotFromBeforeTheDisablingTookEffectProvesNothing(String snapshotAt, int alarms) {
		source("snapshot_at = '" + snapshotAt + "'");
		assertThat(watch()).hasSize(alarms);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20 02:04:00Z, 0", "2026-11-20 02:04:01Z, 1" })
	void aSourceWhoseClockIsFastIsJudgedByOurs(String used, int alarms) {
		source("clock_skew_ms = 120000");
		snapshot("DISABLED", used);
		assertThat(watch()).hasSize(alarms);
	}

	@ParameterizedTest
	@CsvSource({ "2026-10-23 02:00:00Z, 1", "2026-10-23 01:59:59Z, 0" })
	void aKeyIsWatchedForThirtyDays(String doneAt, int alarms) {
		action("done_at = '" + doneAt + "'");
		assertThat(watch()).hasSize(alarms);
	}

	@Test
	void aKeyThatWasRestoredWithKeystewardBeforeItWasReadIsNoAlarm() {
		restore("2026-11-21 09:00Z");
		assertThat(watch()).isEmpty();
	}

	@Test
	void aKeyThatWasRestoredOnlyAfterItWasReadWasAnAlarm() {
		restore("2026-11-22 09:00Z");
		assertThat(watch()).hasSize(1);
	}

	@Test
	void aKeyThatWasDisabledAgainIsWatchedFromThenOn() {
		disable(2, "2026-11-21 02:01:00Z");
		snapshot("DISABLED", "2026-11-20 12:00Z");
		assertThat(watch()).isEmpty();
		snapshot("DISABLED", "2026-11-21 12:00Z");
		assertThat(watch()).hasSize(1);
	}

	@Test
	void whatTheRunItselfDisabledOrTriedOrPlannedIsNoAlarm() {
		change("UPDATE keysteward.key_action SET run_id = 3");
		assertThat(watch()).isEmpty();
		change("UPDATE keysteward.key_action SET run_id = 1, outcome = 'FAILED'");
		assertThat(watch()).isEmpty();
		change("UPDATE keysteward.key_action SET outcome = 'DISABLED'");
		assertThat(watch()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20 02:07:00Z, 0", "2026-11-20 02:07:01Z, 1" })
	void aUseThatMayBeFromBeforeByTheSourcesGranularityIsNoAlarm(String used, int alarms) {
		source("granularity_seconds = 300");
		snapshot("DISABLED", used);
		assertThat(watch()).hasSize(alarms);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "2026-11-20 02:07:00Z, -", "2026-11-20 02:07:01Z, 2026-11-20T02:07:01Z" })
	void ofAKeyThatIsActiveAgainOnlyACertainUseIsSaid(String used, @Nullable Instant expected) {
		source("granularity_seconds = 300");
		snapshot("ACTIVE", used);
		assertThat(watch()).singleElement().extracting(Alarm::usedSince).isEqualTo(expected);
	}

	@Test
	void aSourceThatWasNotReadSaysNothing() {
		source("status = 'FAILED'");
		assertThat(watch()).isEmpty();
	}

	private List<Alarm> watch() {
		return new DisabledKeyMonitor(this.jdbc).alarms(3);
	}

	private void run(long id, String asOf) {
		this.jdbc.sql("""
				INSERT INTO keysteward.run (run_id, run_key, as_of, mode, trigger, requested_by, policy_sha256, policy,
				                            sources, narrowed, status)
				OVERRIDING SYSTEM VALUE VALUES (:id, :id, :asOf::timestamptz, 'DISABLE', '', '', '', '{}', '{s}', false,
				                                'COMPLETE')
				""").param("id", id).param("asOf", asOf).update();
		this.jdbc
			.sql("INSERT INTO keysteward.run_source (run_id, source, title, status) VALUES (:id, 's', 'S', 'READ')")
			.param("id", id)
			.update();
	}

	private void source(String set) {
		this.jdbc.sql("UPDATE keysteward.run_source SET " + set + " WHERE run_id = 3").update();
	}

	private void disable(long run, String doneAt) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					VALUES (:run, 's', 'k1', 'DISABLE', 'DUE', 'DISABLED', :at::timestamptz, :at::timestamptz)
					""")
			.param("run", run)
			.param("at", doneAt)
			.update();
	}

	private void restore(String at) {
		run(9, at);
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					VALUES (9, 's', 'k1', 'RESTORE', 'DUE', 'RESTORED', :at::timestamptz, :at::timestamptz)
					""")
			.param("at", at)
			.update();
		this.jdbc.sql("UPDATE keysteward.key_action SET restored_by_run = 9 WHERE action = 'DISABLE'").update();
	}

	private void snapshot(String status, @Nullable String lastUsedAt) {
		this.jdbc.sql("DELETE FROM keysteward.key_snapshot").update();
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, usage, status, judgement, findings,
					                                     violations, reasons, violation_at, grace_days, last_used_at)
					VALUES (3, 's', 'k1', 'a name', 'USED', :status, 'JUDGED', '{}', '{}', '{}', '{}', '{}', :used::timestamptz)
					""")
			.param("status", status)
			.param("used", lastUsedAt, Types.VARCHAR)
			.update();
	}

	private void action(String set) {
		change("UPDATE keysteward.key_action SET " + set);
	}

	/** What was done is kept by the database; a test may set it up, though. */
	private void change(String sql) {
		this.jdbc.sql("ALTER TABLE keysteward.key_action DISABLE TRIGGER keep_key_action").update();
		this.jdbc.sql(sql).update();
		this.jdbc.sql("ALTER TABLE keysteward.key_action ENABLE TRIGGER keep_key_action").update();
	}

}
