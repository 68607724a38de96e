package io.keysteward.report;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.insight.EarlyRows;
import io.keysteward.insight.FlaggedKey;
import io.keysteward.insight.ProjectRow;
import io.keysteward.insight.Rows;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Large runs are read on several connections at once, and tell the same.
 */
class RunContentTests {

	private final Register register;

	RunContentTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-01-01")
			.key("idle", "2025-12-01", "2026-09-01")
			.key("busy", "2025-12-01", "2026-10-30");
	}

	@BeforeEach
	void aRun() {
		this.register.keys().sql("INSERT INTO project (id, name) VALUES ('q', 'Borealis')").update();
		this.register.keys().sql("UPDATE api_key SET project_id = 'q' WHERE id = 'idle'").update();
		assertThat(this.register.execute("run", "--as-of=2026-11-01")).isZero();
	}

	@Test
	void rowsThatWereBegunEarlyAreTheSame() throws SQLException {
		try (RunContent early = open(0); RunContent usual = open(EarlyRows.MANY_KEYS)) {
			// One for each run, and three for statements that were begun.
			assertThat(connections()).isEqualTo(5);
			assertThat(all(usual.findings())).extracting(FlaggedKey::keyId).containsExactly("dead", "idle");
			assertThat(all(usual.projects())).extracting(ProjectRow::projectId).containsExactly("p", "q");
			// First those that were begun, then those that are read anew.
			for (int time = 0; time < 2; time++) {
				assertThat(all(early.findings())).usingRecursiveComparison().isEqualTo(all(usual.findings()));
				assertThat(all(early.projects())).isEqualTo(all(usual.projects()));
				assertThat(all(early.actions())).usingRecursiveComparison().isEqualTo(all(usual.actions()));
			}
		}
	}

	@Test
	void whatNobodyHasReadIsClosed() throws SQLException {
		open(0).close();
		assertThat(connections()).isZero();
	}

	private RunContent open(long manyKeys) throws SQLException {
		Runs runs = new Runs(this.register.governance(), JsonMapper.shared());
		Run run = runs.find("2026-11-01").orElseThrow();
		return RunContent.open(this.register.governanceDatabase().dataSource(), runs, run, manyKeys, List.of());
	}

	private int connections() {
		return this.register.governance().sql("""
				SELECT count(*) FROM pg_stat_activity
				WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
				""").query(Integer.class).single();
	}

	private static <T> List<T> all(Rows<T> rows) {
		List<T> all = new ArrayList<>();
		rows.each(all::add);
		assertThat(all).hasSize((int) rows.count());
		return all;
	}

}
