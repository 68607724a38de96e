package io.keysteward.insight;

import java.util.LinkedHashMap;
import java.util.Map;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The changes of a run: events of findings, and keys that came or went since its baseline
 * in sources that both have read.
 */
public final class RunChanges {

	/**
	 * The result is kept in a table, since comparing two inventories is slow and it is
	 * needed twice: to count and to show. Only for keys that moved are further columns
	 * looked up.
	 */
	private static final String MOVED = """
			CREATE TEMPORARY TABLE moved_key ON COMMIT DROP AS
			WITH comparable AS (
			  SELECT s.source, s.reading, b.reading AS before FROM keysteward.run_source s JOIN keysteward.run_source b USING (source)
			  WHERE s.run_id = :run AND b.run_id = :baseline::bigint AND s.status = 'READ' AND b.status = 'READ'
			    AND s.reading IS NOT NULL AND b.reading IS NOT NULL),
			-- A row that both readings have is of a key that both have: only the others are compared.
			moved AS (
			  SELECT source, key_id, b.key_id IS NULL AS appeared
			  FROM (SELECT k.source, k.key_id FROM keysteward.key_record k JOIN comparable c USING (source)
			        WHERE k.reading <= c.reading AND k.until > c.reading AND :comparesKeys
			          AND NOT (k.reading <= c.before AND k.until > c.before)) k
			  FULL JOIN (SELECT k.source, k.key_id FROM keysteward.key_record k JOIN comparable c USING (source)
			             WHERE k.reading <= c.before AND k.until > c.before AND :comparesKeys
			               AND NOT (k.reading <= c.reading AND k.until > c.reading)) b USING (source, key_id)
			  WHERE k.key_id IS NULL OR b.key_id IS NULL)
			SELECT 'KEY APPEARED' AS change, 5 AS rank, k.source, k.key_id, k.name, k.project_name, k.project_id,
			       k.created_at AS since
			FROM moved CROSS JOIN LATERAL (
			  SELECT * FROM keysteward.key_snapshot k
			  WHERE k.run_id = :run AND k.source = moved.source AND k.key_id = moved.key_id LIMIT 1) k
			WHERE appeared
			UNION ALL
			SELECT 'KEY GONE', 6, b.source, b.key_id, b.name, b.project_name, b.project_id, r.as_of
			FROM moved CROSS JOIN LATERAL (
			  SELECT * FROM keysteward.key_snapshot b
			  WHERE b.run_id = :baseline::bigint AND b.source = moved.source AND b.key_id = moved.key_id LIMIT 1) b
			JOIN keysteward.run r ON r.run_id = b.run_id
			WHERE NOT appeared AND (cardinality(:projects::text[]) = 0 OR b.project_id = ANY (:projects::text[]))
			""";

	private static final String CHANGE = """
			CASE event WHEN 'OPENED' THEN 'NEW' WHEN 'RAISED' THEN 'WORSE' WHEN 'LOWERED' THEN 'BETTER'
			           ELSE CASE resolution WHEN 'DISABLED_BY_KEYSTEWARD' THEN 'DISABLED' ELSE 'RESOLVED' END END
			""";

	private static final String COUNTS = "SELECT " + CHANGE + """
			       AS change, count(*) AS number
			FROM keysteward.finding_event WHERE run_id = :run GROUP BY 1
			UNION ALL
			SELECT change, count(*) FROM pg_temp.moved_key GROUP BY change
			""";

	private static final String ROWS = "SELECT " + CHANGE + """
			       AS change,
			       CASE e.event WHEN 'OPENED' THEN 1 WHEN 'RAISED' THEN 2 WHEN 'RESOLVED' THEN 3 ELSE 4 END AS rank,
			       e.source, e.key_id, coalesce(k.name, b.name) AS name,
			       coalesce(k.project_name, k.project_id, b.project_name, b.project_id) AS project,
			       e.rule COLLATE "C" AS rule, e.level,
			       CASE WHEN e.event = 'RESOLVED' THEN e.resolution END AS resolution,
			       k.reasons[array_position(k.findings, e.rule)] AS reason, e.first_seen_at AS since
			FROM keysteward.finding_event e
			LEFT JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = e.source AND k.key_id = e.key_id
			LEFT JOIN keysteward.key_snapshot b ON b.run_id = :baseline::bigint AND b.source = e.source
			                                   AND b.key_id = e.key_id AND k.key_id IS NULL
			WHERE e.run_id = :run
			UNION ALL
			SELECT change, rank, source, key_id, name, coalesce(project_name, project_id), NULL, NULL, NULL,
			       CASE change WHEN 'KEY GONE' THEN 'Last seen in run ' ELSE 'Not in the inventory of run ' END
			         || :baselineKey || '.', since
			FROM pg_temp.moved_key
			ORDER BY rank, source, key_id, rule
			""";

	private final RunView stored;

	private final @Nullable Run compared;

	private final @Nullable String notComparedReason;

	private final Map<String, Long> counts = new LinkedHashMap<>();

	public RunChanges(RunView stored) {
		this.stored = stored;
		Run baseline = stored.baseline();
		this.compared = (baseline != null && stored.hasInventory(baseline)) ? baseline : null;
		this.notComparedReason = (baseline != null) ? notComparedReason(stored.run(), baseline) : null;
		sql(MOVED).update();
		sql(COUNTS)
			.query((RowCallbackHandler) (row) -> this.counts.put(row.getString("change"), row.getLong("number")));
	}

	/**
	 * {@return the number of changes of a kind, such as {@code KEY GONE}}
	 */
	public long count(String change) {
		return this.counts.getOrDefault(change, 0L);
	}

	/**
	 * {@return the number of all changes}
	 */
	public long count() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * {@return whether the inventories can be compared}
	 */
	public boolean comparesKeys() {
		return this.compared != null && this.notComparedReason == null;
	}

	/**
	 * {@return why the inventories cannot be compared; null: they can, or there is no
	 * baseline}
	 */
	public @Nullable String notComparedReason() {
		return this.notComparedReason;
	}

	private @Nullable String notComparedReason(Run run, Run baseline) {
		if (this.compared == null) {
			return "the inventory of run " + baseline.key() + " is not kept any more";
		}
		return null;
	}

	/**
	 * {@return all changes, the most important kind first}
	 */
	public Rows<KeyChange> rows() {
		Run baseline = this.stored.baseline();
		boolean notCompared = baseline != null && this.notComparedReason != null;
		return new Rows<>(count() + (notCompared ? 1 : 0), (consumer) -> {
			sql(ROWS).query(Rows.handler(KeyChange::of, consumer));
			if (baseline != null && this.notComparedReason != null) {
				consumer.accept(KeyChange.notCompared(baseline, this.notComparedReason));
			}
		});
	}

	private StatementSpec sql(String sql) {
		return this.stored.sql(sql)
			.param("baseline", (this.compared != null) ? this.compared.id() : null)
			.param("comparesKeys", comparesKeys())
			.param("baselineKey", (this.compared != null) ? this.compared.key() : "")
			.param("projects", this.stored.run().projects().toArray(String[]::new));
	}

}
