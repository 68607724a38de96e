package io.keysteward.report.workbook;

import io.keysteward.run.Run;

/**
 * A small run that has one of everything, and the run before it.
 */
public final class SampleRun {

	private SampleRun() {
	}

	public static Run store(RunFixtures runs) {
		long before = before(runs);
		long id = runs.open("2026-11-23", "2026-11-23T02:00:00Z", before);
		runs.key(id, "idle", """
				last_used_at = '2026-08-01 10:00Z', idle_days = 114, findings = '{IDLE,UNNAMED}', violations = '{IDLE}',
				reasons = '{"Last used on 2026-08-01, 113 days ago.","Its name is a placeholder."}',
				violation_at = '{2026-11-01 10:00Z,NULL}', grace_days = '{NULL,NULL}', name = 'New Key'""");
		runs.event(before, "idle", "UNNAMED", "OPENED", "WARN", "2026-11-22T02:00:00Z", null);
		runs.event(id, "idle", "IDLE", "RAISED", "VIOLATION", "2026-10-01T02:00:00Z", null);
		runs.key(id, "orphan", """
				project_id = 'p-old', project_name = NULL, project_state = 'missing', usage = 'NEVER_USED',
				last_used_at = NULL, findings = '{IDLE,ORPHANED}', reasons = '{"Never used.","Its project is lost."}',
				violation_at = '{2027-01-05 00:00Z,NULL}', grace_days = '{NULL,7}'""");
		runs.event(id, "orphan", "IDLE", "OPENED", "WARN", "2026-11-23T02:00:00Z", null);
		runs.event(id, "orphan", "ORPHANED", "OPENED", "WARN", "2026-11-23T02:00:00Z", null);
		runs.key(id, "unnamed", WorkbookTests.flagged("UNNAMED", "WARN")
				+ ", name = NULL, usage = 'UNKNOWN', last_used_at = NULL, owner_name = NULL, idle_days = NULL");
		runs.event(id, "unnamed", "UNNAMED", "LOWERED", "WARN", "2026-11-20T02:00:00Z", null);
		runs.key(id, "exempt", WorkbookTests.flagged("AGED", "WARN") + ", exemption = 'EX-7', exempted_by = '{EX-7}'");
		runs.event(id, "exempt", "AGED", "RESOLVED", "WARN", "2026-11-22T02:00:00Z", "EXEMPTED");
		runs.exemption(id, "EX-7", "key exempt", "2026-12-31T00:00:00Z");
		runs.exemption(id, "EX-1", "owner u-7", "2026-11-23T02:00:00Z");
		runs.key(id, "fine", "project_id = NULL, project_name = NULL, project_state = NULL, name = 'Orders Export '");
		runs.key(id, "wrong", "judgement = 'DATA_ERROR', data_error = 'Created after as-of.', name = 'nightly'");
		runs.key(id, "off", "judgement = 'NOT_ACTIVE', status = 'DISABLED', expires_at = '2027-01-01 00:00Z'");
		runs.key(id, "machine", "judgement = 'NOT_GOVERNED', kind = 'system', name = ' ORDERS export'");
		denied(runs, id, "off");
		denied(runs, id, "idle");
		runs.jdbc()
			.sql("UPDATE keysteward.key_snapshot SET referenced_by = '=pipeline orders' WHERE run_id = :id AND key_id = 'orphan'")
			.param("id", id)
			.update();
		runs.event(id, "gone", "IDLE", "RESOLVED", "VIOLATION", "2026-09-01T02:00:00Z", "GONE");
		runs.source(id, "legacy", "Legacy gateway", "FAILED", "The database 'legacy' does not answer.");
		runs.jdbc()
			.sql("UPDATE keysteward.run_source SET remasked = 2 WHERE run_id = :id AND source = 'api-keys'")
			.param("id", id)
			.update();
		actions(runs, before, id);
		runs.decision(before, "idle", "KEEP", "2026-11-23T00:00:00Z", null);
		runs.decision(before, "idle", "DISABLE", null, null);
		runs.decision(before, "orphan", "NEW_OWNER", null, "grace@example.org");
		runs.decision(before, "exempt", "EXEMPT_UNTIL", "2026-11-23T00:00:00Z", null);
		return runs.close(id);
	}

	private static void denied(RunFixtures runs, long id, String keyId) {
		runs.jdbc().sql("""
				INSERT INTO keysteward.key_denied (source, key_id, denied_at, reading, seen_run)
				SELECT source, :key, '2026-11-22 11:00Z', abs(reading), run_id FROM keysteward.run_source
				WHERE run_id = :id AND source = 'api-keys'
				""").param("key", keyId).param("id", id).update();
	}

	private static void actions(RunFixtures runs, long before, long id) {
		runs.action(id, "idle", "DISABLE", "DUE", "WOULD_DISABLE", """
				due_at = '2026-11-23 02:00Z', warned_at = '2026-11-01 02:00Z', final_at = '2026-11-15 02:00Z'""");
		runs.action(id, "orphan", "DISABLE", "HELD", null, """
				held_by = 'LEVEL', closed_gates = '{LEVEL,NOTICE}', due_at = '2027-01-05 02:00Z',
				detail = 'IDLE is at WARN until 2027-01-05. Nobody was warned yet.'""");
		runs.hold(id, "FRESH", "api-keys", "no key was used within the last 48 hours.");
		runs.notice(id, "WARNING", "ada@example.org", "SENT", null);
		runs.notice(id, "WARNING", "old@example.org", "FAILED", "550 no such user");
		runs.action(before, "fine", "DISABLE", "DUE", "DISABLED", "");
		long restored = runs.restore("restore-1", "2026-11-22T09:00:00Z");
		runs.action(restored, "machine", "RESTORE", "DUE", "RESTORED", "");
		runs.action(before, "machine", "DISABLE", "DUE", "DISABLED", "restored_by_run = " + restored);
	}

	private static long before(RunFixtures runs) {
		long before = runs.open("2026-11-22", "2026-11-22T02:00:00Z", null);
		for (String key : new String[] { "idle", "unnamed", "exempt", "fine", "wrong", "off", "machine" }) {
			runs.key(before, key, "");
		}
		runs.key(before, "gone", WorkbookTests.flagged("IDLE", "VIOLATION") + ", name = 'old crawler'");
		runs.event(before, "gone", "IDLE", "OPENED", "VIOLATION", "2026-09-01T02:00:00Z", null);
		runs.event(before, "idle", "IDLE", "OPENED", "WARN", "2026-10-01T02:00:00Z", null);
		runs.close(before);
		return before;
	}

}
