package io.keysteward.finding;

import java.util.List;

import io.keysteward.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Findings that were written each night are afterwards told as they were.
 */
class FindingMigrationTests {

	private static final String FINDINGS = """
			SELECT concat_ws(' ', key_id, status, first_seen_run, last_seen_run, last_seen_at AT TIME ZONE 'UTC', seen_days,
			                 violation_at, resolved_run)
			FROM keysteward.finding ORDER BY source, key_id
			""";

	private final TestDatabase database = TestDatabase.empty();

	/**
	 * Run 3 was the last that read all of source c, run 4 had a part of it, run 5
	 * stopped.
	 */
	@Test
	void eachFindingIsAsItWas() {
		flyway().target("22").load().migrate();
		this.database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                            projects, narrowed, status)
					SELECT 'r' || n, '2026-10-31 02:00Z'::timestamptz + n * interval '1 day', 'REPORT', 'manual', 'me', '', '{}',
					       '{c,d}', CASE n WHEN 4 THEN '{p}'::text[] END, n = 4, CASE n WHEN 5 THEN 'FAILED' ELSE 'COMPLETE' END
					FROM generate_series(1, 5) n;
					INSERT INTO keysteward.run_source (run_id, source, title, status)
					SELECT n, s, s, 'READ' FROM generate_series(1, 5) n, (VALUES ('c'), ('d')) AS x (s);
					INSERT INTO keysteward.finding (source, key_id, rule, level, status, first_seen_run, first_seen_at,
					                                last_seen_run, last_seen_at, seen_days, resolved_run, resolved_at, resolution)
					SELECT s, k, 'IDLE', 'WARN', CASE WHEN e IS NULL THEN 'OPEN' ELSE 'RESOLVED' END, 1, '2026-11-01 02:00Z',
					       l, '2026-10-31 02:00Z'::timestamptz + l * interval '1 day', l, e, CASE WHEN e > 0 THEN '2026-11-03Z'::timestamptz END,
					       CASE WHEN e > 0 THEN 'GONE' END
					FROM (VALUES ('c', 'seen', 3, NULL), ('c', 'unjudged', 2, NULL), ('c', 'part', 4, NULL), ('c', 'gone', 2, 3),
					             ('c', 'part-gone', 3, 4), ('d', 'only', 1, 2)) AS v (s, k, l, e)
					""")
			.update();
		List<String> before = texts(FINDINGS);
		flyway().load().migrate();
		assertThat(texts(FINDINGS)).isEqualTo(before).hasSize(6);
		assertThat(texts("SELECT concat_ws(' ', source, run_id, days) FROM keysteward.finding_turn ORDER BY source"))
			.containsExactly("c 3 0", "d 1 0");
		assertThat(texts(
				"SELECT key_id || ' ' || missed_run FROM keysteward.finding WHERE missed_run > 0 ORDER BY key_id"))
			.containsExactly("gone 3", "only 2", "part-gone 4", "unjudged 3");
	}

	private List<String> texts(String sql) {
		return this.database.jdbc().sql(sql).query(String.class).list();
	}

	private FluentConfiguration flyway() {
		return Flyway.configure()
			.dataSource(this.database.dataSource())
			.schemas("keysteward")
			.defaultSchema("keysteward");
	}

}
