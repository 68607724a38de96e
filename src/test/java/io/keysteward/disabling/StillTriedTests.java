package io.keysteward.disabling;

import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.insight.DisabledKeyMonitor;
import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.DisabledKeyMonitor.Cause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key is disabled by run 1 on 20 November at 02:01, in effect a minute later. Its
 * source is read each night; runs are as of 02:00, and read five seconds later.
 */
class StillTriedTests {

	private final JdbcClient jdbc = TestDatabase.migrated().jdbc();

	@BeforeEach
	void store() {
		for (int run = 1; run <= 5; run++) {
			night(run);
		}
		change("""
				INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
				VALUES (1, 's', 'k1', 'DISABLE', 'DUE', 'DISABLED', '2026-11-20 02:01Z', '2026-11-20 02:01Z')
				""");
	}

	@Test
	void aKeyThatIsStillTriedIsTheFirstAlarmAndSaysOnHowManyDays() {
		denied(3, "2026-11-22 01:00Z");
		denied(5, "2026-11-24 01:30Z");
		change("UPDATE keysteward.run_source SET status = 'FAILED' WHERE run_id = 2");
		assertThat(alarms(5)).singleElement().satisfies((alarm) -> {
			assertThat(alarm.what()).isEqualTo(Cause.STILL_TRIED);
			assertThat(alarm.sentence())
				.isEqualTo("Disabled on 2026-11-20 02:01 UTC, and still tried: on 2 of the 3 days on which its source"
						+ " was read since, as far as is known for the last time on 2026-11-24 01:30 UTC.");
		});
		change("""
				INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
				VALUES (1, 's', 'a', 'DISABLE', 'DUE', 'DISABLED', '2026-11-20 02:01Z', '2026-11-20 02:01Z');
				INSERT INTO keysteward.key_snapshot (run_id, source, key_id, usage, status, judgement, findings,
				                                     violations, reasons, violation_at, grace_days)
				VALUES (5, 's', 'a', 'NEVER_USED', 'ACTIVE', 'JUDGED', '{}', '{}', '{}', '{}', '{}')
				""");
		assertThat(alarms(5)).extracting(Alarm::keyId).containsExactly("k1", "a");
	}

	@Test
	void aKeyThatNobodyTriesAnyMoreIsNoAlarm() {
		denied(3, "2026-11-22 01:00Z");
		assertThat(alarms(3)).hasSize(1);
		assertThat(alarms(4)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20 02:02:00Z, 0, 0, 0", "2026-11-20 02:02:01Z, 0, 0, 1", "2026-11-20 02:04:00Z, 120000, 0, 0",
			"2026-11-20 02:04:01Z, 120000, 0, 1", "2026-11-20 02:07:00Z, 0, 300, 0",
			"2026-11-20 02:07:01Z, 0, 300, 1" })
	void onlyAnAttemptThatIsCertainlyLaterThanTheDisablingCounts(String at, long skew, long granularity, int alarms) {
		change("UPDATE keysteward.run_source SET clock_skew_ms = " + skew + ", granularity_seconds = " + granularity);
		denied(3, at);
		assertThat(alarms(3)).hasSize(alarms);
	}

	/** A run that failed has told nobody. */
	@Test
	void whatARunHasSeenThatIsNoBaselineIsNewsForTheNextOne() {
		denied(4, "2026-11-23 01:00Z");
		change("UPDATE keysteward.run SET status = 'FAILED' WHERE run_id = 4");
		change("UPDATE keysteward.run SET baseline_run_id = 3 WHERE run_id = 5");
		assertThat(alarms(5)).hasSize(1);
	}

	@Test
	void aRunThatWasSetAsideCountsNoDay() {
		denied(3, "2026-11-22 01:00Z");
		denied(4, "2026-11-22 01:00Z");
		change("UPDATE keysteward.run SET status = 'SET_ASIDE', set_aside_at = now(), set_aside_by = 'me',"
				+ " set_aside_reason = 'why' WHERE run_id = 3");
		assertThat(alarms(4)).singleElement()
			.extracting(Alarm::sentence)
			.asString()
			.contains("on 1 of the 2 days on which its source was read since");
	}

	@Test
	void daysOnWhichTheColumnWasNotThereDoNotCount() {
		change("UPDATE keysteward.run_source SET columns = '{key_id}' WHERE run_id = 2");
		change("UPDATE keysteward.run_source SET columns = NULL WHERE run_id = 3");
		denied(4, "2026-11-23 01:00Z");
		assertThat(alarms(4)).singleElement()
			.extracting(Alarm::sentence)
			.asString()
			.contains("on 1 of the 1 day on which");
	}

	@Test
	void whereOldInventoriesAreNotKeptOnlyTheLastDaysAreCounted() {
		denied(3, "2026-11-22 01:00Z");
		denied(4, "2026-11-23 01:00Z");
		change("UPDATE keysteward.run SET has_inventory = false WHERE run_id <= 3");
		assertThat(alarms(4)).singleElement()
			.extracting(Alarm::sentence)
			.asString()
			.contains("on 1 of the last 1 day on which its source was read, ");
	}

	@Test
	void twoReadingsOfOneDayAreOneDay() {
		change("UPDATE keysteward.run_source SET snapshot_at = '2026-11-22 22:00Z' WHERE run_id = 4");
		denied(3, "2026-11-22 01:00Z");
		denied(4, "2026-11-22 21:00Z");
		assertThat(alarms(4)).singleElement()
			.extracting(Alarm::sentence)
			.asString()
			.contains("on 1 of the 2 days on which");
	}

	/** What runs once a quarter comes late. */
	@Test
	void aKeyIsWatchedForEver() {
		change("UPDATE keysteward.key_action SET done_at = '2025-11-20 02:01Z'");
		denied(3, "2026-11-22 01:00Z");
		assertThat(alarms(3)).hasSize(1);
	}

	@Test
	void aKeyThatIsActiveOrRestoredOrUsedIsNotReportedAsTriedToo() {
		denied(3, "2026-11-22 01:00Z");
		change("UPDATE keysteward.key_snapshot SET last_used_at = '2026-11-22 00:30Z', usage = 'USED' WHERE run_id = 3");
		assertThat(alarms(3)).extracting(Alarm::what).containsExactly(Cause.USED_SINCE);
		change("UPDATE keysteward.key_snapshot SET status = 'ACTIVE', last_used_at = NULL, usage = 'NEVER_USED'"
				+ " WHERE run_id = 3");
		assertThat(alarms(3)).extracting(Alarm::what).containsExactly(Cause.ACTIVE_AGAIN);
		change("UPDATE keysteward.key_snapshot SET status = 'DISABLED' WHERE run_id = 3");
		change("UPDATE keysteward.key_action SET restored_by_run = 2");
		assertThat(alarms(3)).isEmpty();
	}

	@Test
	void thatThisRunHasSwitchedItOnAgainIsSaid() {
		denied(3, "2026-11-22 01:00Z");
		change("UPDATE keysteward.key_action SET restored_by_run = 3");
		change("""
				INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
				VALUES (3, 's', 'k1', 'RESTORE', 'DUE', 'RESTORED', '2026-11-22 02:01Z', '2026-11-22 02:01Z')
				""");
		assertThat(alarms(3)).singleElement()
			.extracting(Alarm::sentence)
			.asString()
			.endsWith(" That was within disable.trial: this run switched it on again.");
	}

	private List<Alarm> alarms(long run) {
		return new DisabledKeyMonitor(this.jdbc).alarms(run);
	}

	private void night(int run) {
		String day = "2026-11-" + (19 + run) + " 02:00";
		change("""
				INSERT INTO keysteward.run (run_id, run_key, as_of, mode, trigger, requested_by, policy_sha256, policy,
				                            sources, narrowed, status, baseline_run_id)
				OVERRIDING SYSTEM VALUE VALUES (%1$d, %1$d, '%2$sZ', 'DISABLE', '', '', '', '{}', '{s}', false, 'COMPLETE',
				                                nullif(%1$d - 1, 0));
				INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at, columns)
				VALUES (%1$d, 's', 'S', 'READ', '%2$s:05Z', '{key_id, last_denied_at}');
				INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, usage, status, judgement, findings,
				                                     violations, reasons, violation_at, grace_days)
				VALUES (%1$d, 's', 'k1', 'a name', 'NEVER_USED', 'DISABLED', 'NOT_ACTIVE', '{}', '{}', '{}', '{}', '{}')
				"""
			.formatted(run, day));
	}

	private void denied(int run, String at) {
		change("INSERT INTO keysteward.key_denied (source, key_id, denied_at, reading, seen_run) VALUES ('s', 'k1', '"
				+ at + "', " + run + ", " + run + ")");
	}

	/** What was done is kept by the database; a test may set it up, though. */
	private void change(String sql) {
		this.jdbc.sql("ALTER TABLE keysteward.key_action DISABLE TRIGGER keep_key_action").update();
		this.jdbc.sql(sql).update();
		this.jdbc.sql("ALTER TABLE keysteward.key_action ENABLE TRIGGER keep_key_action").update();
	}

}
