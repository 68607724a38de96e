package io.keysteward.insight;

import java.util.List;

/**
 * A project's open findings by level. Text is untrusted.
 *
 * @param project what people call it
 * @param warnings those at {@code WARN}
 * @param violations those at {@code VIOLATION}
 */
public record ProjectFigures(String project, long warnings, long violations) {

	private static final int MOST = 10;

	/**
	 * {@return the ten projects of a run with the most findings}
	 */
	static List<ProjectFigures> read(RunView stored) {
		return stored.sql("""
				SELECT coalesce(nullif(btrim(max(k.project_name)), ''), k.project_id, :none) AS project,
				       count(*) FILTER (WHERE f.level = 'WARN') AS warnings,
				       count(*) FILTER (WHERE f.level = 'VIOLATION') AS violations
				FROM keysteward.findings_at(:run) f
				JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = f.source AND k.key_id = f.key_id
				WHERE k.judgement = 'JUDGED' AND k.findings <> '{}'
				GROUP BY k.source, k.project_id
				ORDER BY count(*) DESC, violations DESC, k.source COLLATE "C", k.project_id COLLATE "C"
				LIMIT :projects
				""")
			.param("projects", MOST)
			.param("none", NoName.OF_PROJECT)
			.query((row, number) -> new ProjectFigures(row.getString("project"), row.getLong("warnings"),
					row.getLong("violations")))
			.list();
	}

}
