package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.insight.RunDifference.Change;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Compares two runs by what is stored of them, however many runs lie between.
 */
@Repository
public class RunDiff {

	private static final String DIFFERENCES = """
			WITH comparable AS (
			  SELECT b.source FROM keysteward.run_source b JOIN keysteward.run_source a USING (source)
			  WHERE b.run_id = :before AND a.run_id = :after AND b.status = 'READ' AND a.status = 'READ'),
			keys AS (
			  SELECT source, key_id, b.key_id IS NOT NULL AS was, a.key_id IS NOT NULL AS is, coalesce(a.name, b.name) AS name,
			         v.change, v.before, v.after
			  FROM (SELECT * FROM keysteward.key_snapshot WHERE run_id = :before AND source IN (SELECT source FROM comparable)) b
			  FULL JOIN (SELECT * FROM keysteward.key_snapshot WHERE run_id = :after
			             AND source IN (SELECT source FROM comparable)) a USING (source, key_id)
			  CROSS JOIN LATERAL (VALUES
			    ('KEY_APPEARED', NULL, a.status), ('KEY_GONE', b.status, NULL), ('STATUS', b.status, a.status),
			    ('OWNER', coalesce(b.owner_name, b.owner_id), coalesce(a.owner_name, a.owner_id)),
			    ('PROJECT', coalesce(b.project_name, b.project_id), coalesce(a.project_name, a.project_id)),
			    ('NAME', b.name, a.name)) AS v (change, before, after)
			  WHERE CASE v.change WHEN 'KEY_APPEARED' THEN b.key_id IS NULL AND :whole
			                      WHEN 'KEY_GONE' THEN a.key_id IS NULL AND :whole
			                      WHEN 'OWNER' THEN b.owner_id IS DISTINCT FROM a.owner_id AND a.key_id = b.key_id
			                      WHEN 'PROJECT' THEN b.project_id IS DISTINCT FROM a.project_id AND a.key_id = b.key_id
			                      ELSE v.before IS DISTINCT FROM v.after AND a.key_id = b.key_id END),
			findings AS (
			  SELECT source, key_id, rule,
			         CASE WHEN b.level IS NULL THEN 'FINDING_OPENED' WHEN a.level IS NULL THEN 'FINDING_ENDED'
			              WHEN a.level = 'VIOLATION' THEN 'FINDING_RAISED' ELSE 'FINDING_LOWERED' END AS change,
			         b.level AS before, a.level AS after
			  FROM keysteward.findings_at(:before) b FULL JOIN keysteward.findings_at(:after) a USING (source, key_id, rule)
			  WHERE b.level IS DISTINCT FROM a.level AND source IN (SELECT source FROM comparable)),
			differences AS (
			  SELECT f.change, f.source, f.key_id, coalesce(a.name, b.name) AS name, f.rule, f.before, f.after
			  FROM findings f
			  LEFT JOIN keysteward.key_snapshot b ON b.run_id = :before AND b.source = f.source AND b.key_id = f.key_id
			  LEFT JOIN keysteward.key_snapshot a ON a.run_id = :after AND a.source = f.source AND a.key_id = f.key_id
			  UNION ALL
			  SELECT change, source, key_id, name, NULL, before, after FROM keys)
			""";

	private final JdbcClient jdbc;

	private final Runs runs;

	RunDiff(JdbcClient jdbc, Runs runs) {
		this.jdbc = jdbc;
		this.runs = runs;
	}

	/**
	 * {@return how many differences there are of each kind that there is}
	 */
	public Map<Change, Long> counts(Run before, Run after) {
		Map<Change, Long> counts = new EnumMap<>(Change.class);
		sql("SELECT change, count(*) AS number FROM differences GROUP BY change", before, after)
			.query((RowCallbackHandler) (row) -> counts.put(Change.valueOf(row.getString("change")),
					row.getLong("number")));
		return counts;
	}

	/**
	 * {@return the differences by kind and key}
	 * @param most the most to return
	 */
	public List<RunDifference> differences(Run before, Run after, int most) {
		return sql(
				"""
						SELECT * FROM differences
						ORDER BY array_position(:changes::text[], change), source COLLATE "C", key_id COLLATE "C", rule LIMIT :most
						""",
				before, after)
			.param("changes", Arrays.stream(Change.values()).map(Change::name).toArray(String[]::new))
			.param("most", most)
			.query(RunDiff::difference)
			.list();
	}

	/**
	 * {@return what keeps the two from being compared as a whole, in sentences}
	 */
	public List<String> notes(Run before, Run after) {
		List<String> notes = new ArrayList<>();
		if (!before.policySha256().equals(after.policySha256())) {
			notes
				.add("The two runs judged by different policies or source definitions: a finding may differ for that.");
		}
		for (Run run : List.of(before, after)) {
			if (!run.projects().isEmpty()) {
				notes.add("Run " + run.key()
						+ " was narrowed by --project: keys that appeared or are gone cannot be told.");
			}
			Set<String> read = this.runs.sources(run.id())
				.stream()
				.filter((source) -> source.status() == RunSource.Status.READ)
				.map(RunSource::source)
				.collect(Collectors.toSet());
			Stream.of(before, after)
				.flatMap((each) -> this.runs.sources(each.id()).stream())
				.map(RunSource::source)
				.distinct()
				.filter((source) -> !read.contains(source))
				.forEach((source) -> notes
					.add("Run " + run.key() + " has not read source " + source + ": it is not compared."));
		}
		return notes;
	}

	private JdbcClient.StatementSpec sql(String select, Run before, Run after) {
		return this.jdbc.sql(DIFFERENCES + select)
			.param("before", before.id())
			.param("after", after.id())
			.param("whole", before.projects().isEmpty() && after.projects().isEmpty());
	}

	private static RunDifference difference(ResultSet row, int number) throws SQLException {
		return new RunDifference(Change.valueOf(row.getString("change")), row.getString("source"),
				row.getString("key_id"), row.getString("name"), row.getString("rule"), row.getString("before"),
				row.getString("after"));
	}

}
