package io.keysteward;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestDatabaseTests {

	@Test
	void aMigratedDatabaseHasEveryTableOfTheDesign() {
		assertThat(TestDatabase.migrated()
			.jdbc()
			.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'keysteward'")
			.query(String.class)
			.list()).contains("run", "run_source", "key_snapshot", "finding", "finding_event", "notice", "notice_key",
					"batch_job_instance", "batch_job_execution", "batch_step_execution");
	}

	@Test
	void onlyOneExecutionOfAnInstanceCanRun() {
		assertThat(TestDatabase.migrated().jdbc().sql("""
				SELECT indexdef FROM pg_indexes WHERE indexname = 'batch_one_running_execution'
				""").query(String.class).single()).contains("UNIQUE").contains("STARTING");
	}

}
