package io.keysteward.job;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run does not wait for autovacuum to know how large the tables are: two in one minute
 * would take hours for what takes seconds.
 */
class StatisticsTests {

	private final Register register;

	StatisticsTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@Test
	void aRunRightAfterTheFirstKnowsHowManyFindingsAndPlansThereAre() {
		this.register.governance().sql("""
				ALTER TABLE keysteward.finding_row SET (autovacuum_enabled = false);
				ALTER TABLE keysteward.key_action SET (autovacuum_enabled = false)
				""").update();
		this.register.keys().sql("""
				INSERT INTO api_key (id, name, masked_key, created_at, last_used_at)
				SELECT 'k' || n, 'service ' || n, 'sk-a****9xQ2', '2026-01-01Z', '2026-02-01Z'
				FROM generate_series(1, 1500) n
				""").update();
		run("2026-11-01");
		run("2026-11-02");
		assertThat(this.register.governance()
			.sql("""
					SELECT relname FROM pg_class
					WHERE oid IN ('keysteward.finding_row'::regclass, 'keysteward.key_action'::regclass) AND reltuples >= 1500
					ORDER BY relname
					""")
			.query(String.class)
			.list()).isEqualTo(List.of("finding_row", "key_action"));
	}

	private void run(String asOf) {
		assertThat(this.register.execute("run", "--as-of=" + asOf)).as(this.register.err()).isZero();
	}

}
