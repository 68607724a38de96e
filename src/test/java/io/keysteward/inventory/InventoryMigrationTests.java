package io.keysteward.inventory;

import java.util.List;

import io.keysteward.TestDatabase;
import io.keysteward.text.Sha256;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An installation whose every night was stored anew becomes one that remembers.
 */
class InventoryMigrationTests {

	/** Every column by its name, since the view has another order than the table. */
	private static final String SNAPSHOT = """
			SELECT (to_jsonb(k) - ARRAY['last_denied_at', 'referenced_by'])::text FROM keysteward.key_snapshot k WHERE run_id = 3 ORDER BY source, key_id
			""";

	private final TestDatabase database = TestDatabase.empty();

	@BeforeEach
	void threeNights() {
		flyway().target("21").load().migrate();
		this.database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                            projects, narrowed, status)
					SELECT 'r' || n, '2026-10-31 02:00Z'::timestamptz + n * interval '1 day', 'REPORT', 'manual', 'me', '', '{}',
					       '{c,d}', CASE n WHEN 4 THEN '{p}'::text[] END, n = 4, CASE n WHEN 5 THEN 'FAILED' ELSE 'COMPLETE' END
					FROM generate_series(1, 5) n;
					INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at, read_rows)
					SELECT n, s, s, CASE WHEN n = 5 AND s = 'd' THEN 'FAILED' ELSE 'READ' END,
					       '2026-10-31 02:01Z'::timestamptz + n * interval '1 day', 1
					FROM generate_series(1, 5) n, (VALUES ('c'), ('d')) AS x (s);
					DO $$ BEGIN PERFORM keysteward.open_inventory(n) FROM generate_series(1, 5) n; END $$;
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, created_at, last_used_at, usage, status, judgement,
					       idle_days, findings, violations, reasons, violation_at, grace_days, exempted_by, known_use)
					SELECT r, 'c', 'k' || k, 'name ' || k, '2026-01-01Z', NULL, 'NEVER_USED', 'ACTIVE', 'JUDGED',
					       306, '{IDLE}', '{IDLE}', '{"Never used, 306 days ago."}', '{2026-05-01Z}', '{NULL}', '{NULL}', NULL
					FROM generate_series(1, 5) r, generate_series(1, 70) k WHERE r <> 4 AND r + k <> 6;
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, created_at, last_used_at, usage, status,
					       judgement, idle_days, findings, violations, reasons, violation_at, grace_days, exempted_by, known_use)
					SELECT r, 'd', k, k, c::timestamptz, u::timestamptz, s, 'ACTIVE', j, i, '{}', '{}', '{}', '{}', '{}', '{}', n::timestamptz
					FROM generate_series(1, 4) r, (VALUES
					  ('used', '2026-01-01Z', '2026-11-01 12:00Z', 'USED', 'JUDGED', 1, NULL),
					  ('later', '2026-01-01Z', '2026-11-03 02:01Z', 'USED', 'JUDGED', 0, NULL),
					  ('back', '2026-01-01Z', '2026-06-01Z', 'USED', 'JUDGED', 3, '2026-10-31Z'),
					  ('recorded', '2026-01-01Z', NULL, 'NEVER_USED', 'JUDGED', 30, NULL),
					  ('young', '2026-10-31Z', NULL, 'NEVER_USED', 'NOT_GOVERNED', 3, NULL),
					  ('wrong', '2027-01-01Z', NULL, 'NEVER_USED', 'DATA_ERROR', NULL, NULL),
					  ('unknown', '2026-01-01Z', NULL, 'UNKNOWN', 'NOT_ACTIVE', NULL, NULL)) AS v (k, c, u, s, j, i, n);
					INSERT INTO keysteward.key_use (source, key_id, last_used_at, seen_run)
					VALUES ('d', 'used', '2026-11-01 12:00Z', 1), ('d', 'later', '2026-11-03 02:01Z', 1),
					       ('d', 'back', '2026-10-31Z', 1), ('d', 'gone', '2026-07-01Z', 1), ('gone', 'k', '2026-07-01Z', 1)
					""")
			.update();
	}

	@Test
	void theNewestCompleteInventoryIsAsItWasAndTheOthersAreNotKept() {
		List<String> before = texts(SNAPSHOT);
		assertThat(before).hasSize(76);
		flyway().load().migrate();
		assertThat(texts(SNAPSHOT)).isEqualTo(before);
		assertThat(texts("SELECT run_id || ' ' || has_inventory FROM keysteward.run ORDER BY run_id"))
			.containsExactly("1 false", "2 false", "3 true", "4 false", "5 false");
		assertThat(texts("SELECT DISTINCT run_id FROM keysteward.key_snapshot")).containsExactly("3");
		assertThat(texts("SELECT DISTINCT reading FROM keysteward.run_source WHERE reading IS NOT NULL"))
			.containsExactly("1");
		assertThat(texts("SELECT nextval('keysteward.reading_number')")).containsExactly("2");
	}

	@Test
	void aLaterRunOfOneSourceDoesNotTearTheLastWholeOneApart() {
		this.database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources, narrowed, status)
					VALUES ('r6', '2026-11-07Z', 'REPORT', 'manual', 'me', '', '{}', '{c}', true, 'COMPLETE');
					INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at) VALUES (6, 'c', 'c', 'READ', '2026-11-07Z');
					DO $$ BEGIN PERFORM keysteward.open_inventory(6); END $$
					""")
			.update();
		List<String> before = texts(SNAPSHOT);
		flyway().load().migrate();
		assertThat(texts(SNAPSHOT)).isEqualTo(before);
		assertThat(texts("SELECT run_id FROM keysteward.run WHERE has_inventory")).containsExactly("3");
	}

	@Test
	void everyKnownUseStaysKnownAlsoThatOfAKeyThatIsGone() {
		flyway().load().migrate();
		assertThat(texts("""
				SELECT concat_ws(' ', b.source, k.key_id, u.used AT TIME ZONE 'UTC')
				FROM keysteward.key_block b CROSS JOIN LATERAL unnest(b.used) WITH ORDINALITY AS u (used, place)
				LEFT JOIN keysteward.key_record_now k ON k.source = b.source AND k.key_no = b.block * 32 + u.place - 1
				WHERE u.used > '-infinity' ORDER BY 1
				""")).containsExactly("d 2026-07-01 00:00:00", "d back 2026-10-31 00:00:00",
				"d later 2026-11-03 02:01:00", "d used 2026-11-01 12:00:00", "gone 2026-07-01 00:00:00");
	}

	/** What is loaded before a reading is what is stored, key by key. */
	@Test
	void theKeysHaveTheNumbersOfTheirRowsAndNoneIsTakenForUnchanged() {
		flyway().load().migrate();
		SourceState state = new SourceStates(this.database.jdbc(), new JdbcTemplate(this.database.dataSource()))
			.load("c");
		List<String> numbers = texts(
				"SELECT key_no || ' ' || key_id FROM keysteward.key_record_now WHERE source = 'c'");
		assertThat(numbers).hasSize(69);
		for (String row : numbers) {
			int number = Integer.parseInt(row.split(" ")[0]);
			Hash id = Hash.of(Sha256.digest(), row.split(" ")[1]);
			assertThat(state.next(id)).isEqualTo(number);
			assertThat(state.record(number)).isEqualTo(Hash.UNKNOWN);
		}
	}

	@Test
	void aNewInstallationStartsWithTheFirstReading() {
		TestDatabase anew = TestDatabase.empty();
		Flyway.configure()
			.dataSource(anew.dataSource())
			.schemas("keysteward")
			.defaultSchema("keysteward")
			.load()
			.migrate();
		assertThat(anew.jdbc().sql("SELECT nextval('keysteward.reading_number')").query(Long.class).single()).isOne();
	}

	private FluentConfiguration flyway() {
		return Flyway.configure()
			.dataSource(this.database.dataSource())
			.schemas("keysteward")
			.defaultSchema("keysteward");
	}

	private List<String> texts(String sql) {
		return this.database.jdbc().sql(sql).query(String.class).list();
	}

}
