package io.keysteward.run;

import java.util.List;

import io.keysteward.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An installation that is upgraded knows the workbooks of the runs that it has kept.
 */
class RunReportMigrationTests {

	@Test
	void aWorkbookThatWasRecordedStaysSo() {
		TestDatabase database = TestDatabase.empty();
		flyway(database).target("16").load().migrate();
		database.jdbc()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources, narrowed,
					                            status, report_path, report_sha256, report_hashes)
					SELECT key, '2026-11-01Z', 'REPORT', 'manual', 'me', '', '{}', '{c}', false, 'COMPLETE', path, sha, hashes
					FROM (VALUES ('written', '/r/a.xlsx', 'aa', '{aa,bb}'::text[]), ('removed', NULL, 'cc', '{cc}'),
					             ('outdated', '/r/d.xlsx', NULL, '{dd}'), ('never', NULL, NULL, '{}')) v (key, path, sha, hashes)
					""")
			.update();
		flyway(database).target("17").load().migrate();
		assertThat(lines(database, """
				SELECT concat_ws(' ', run_key, format, coalesce(path, '-'), coalesce(sha256, '-'), report_hashes)
				FROM keysteward.run JOIN keysteward.run_report USING (run_id) ORDER BY run_id
				""")).containsExactly("written workbook /r/a.xlsx aa {aa,bb}", "removed workbook - cc {cc}",
				"outdated workbook /r/d.xlsx - {dd}");
		assertThat(lines(database, """
				SELECT column_name FROM information_schema.columns
				WHERE table_schema = 'keysteward' AND table_name = 'run' AND column_name LIKE 'report%'
				""")).containsExactly("report_hashes");
	}

	private static List<String> lines(TestDatabase database, String sql) {
		return database.jdbc().sql(sql).query(String.class).list();
	}

	private static FluentConfiguration flyway(TestDatabase database) {
		return Flyway.configure().dataSource(database.dataSource()).schemas("keysteward").defaultSchema("keysteward");
	}

}
