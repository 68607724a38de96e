package io.keysteward.inventory;

import io.keysteward.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An installation that is upgraded knows the uses of the inventories that it has kept.
 */
class KeyUseMigrationTests {

	@Test
	void keptInventoriesBecomeKnownUses() {
		TestDatabase database = TestDatabase.empty();
		flyway(database).target("8").load().migrate();
		database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources, narrowed, status)
					SELECT 'r' || n, '2026-11-01Z', 'REPORT', 'manual', 'me', '', '{}', '{c}', false, 'COMPLETE' FROM generate_series(1, 2) n;
					INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at)
					VALUES (1, 'c', 'C', 'READ', '2026-11-01Z'), (2, 'c', 'C', 'READ', '2026-11-02Z'), (2, 'failed', 'F', 'FAILED', NULL);
					DO $$ BEGIN PERFORM keysteward.open_inventory(1); PERFORM keysteward.open_inventory(2); END $$;
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, created_at, last_used_at, usage, judgement, findings,
					                                     violations, reasons, violation_at, grace_days)
					SELECT r, s, k, c::timestamptz, u::timestamptz, 'USED', 'JUDGED', '{}', '{}', '{}', '{}', '{}' FROM (VALUES
					  (1, 'c', 'forgotten', '2026-01-01Z', '2026-10-31Z'), (2, 'c', 'forgotten', '2026-01-01Z', NULL),
					  (1, 'c', 'newer', '2026-01-01Z', '2026-10-01Z'), (2, 'c', 'newer', '2026-01-01Z', '2026-11-01Z'),
					  (1, 'c', 'anew', '2026-01-01Z', '2026-10-31Z'), (2, 'c', 'anew', '2026-10-15Z', '2026-10-20Z'),
					  (1, 'c', 'sentinel', '2026-01-01Z', '1970-01-01Z'), (2, 'c', 'ahead', '2026-01-01Z', '2027-01-01Z'),
					  (2, 'c', 'never', '2026-01-01Z', NULL), (2, 'failed', 'half', '2026-01-01Z', '2026-10-01Z')) v (r, s, k, c, u)
					""")
			.update();
		flyway(database).target("9").load().migrate();
		assertThat(database.jdbc()
			.sql("SELECT key_id || ' ' || last_used_at AT TIME ZONE 'UTC' || ' ' || seen_run FROM keysteward.key_use ORDER BY 1")
			.query(String.class)
			.list()).containsExactly("anew 2026-10-20 00:00:00 2", "forgotten 2026-10-31 00:00:00 1",
					"newer 2026-11-01 00:00:00 1");
	}

	private static FluentConfiguration flyway(TestDatabase database) {
		return Flyway.configure().dataSource(database.dataSource()).schemas("keysteward").defaultSchema("keysteward");
	}

}
