package io.keysteward.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs, on real databases.
 */
class RunTests {

	private final Register register;

	RunTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@Test
	void aRunJudgesEveryKeyAndStoresOneRowForEach() {
		this.register.key("busy", "2025-12-01", "2026-11-01T11:00:00Z")
			.key("idle", "2025-12-01", "2026-09-01T00:00:00Z")
			.key("dead", "2025-12-01", "2026-07-01T00:00:00Z");
		this.register.keys().sql("UPDATE api_key SET name = 'test' WHERE id = 'idle'").update();
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		assertThat(snapshot()).containsExactly("busy JUDGED {} {}", "dead JUDGED {IDLE} {IDLE}",
				"idle JUDGED {IDLE,UNNAMED} {}");
		assertThat(this.register.reports().resolve("keysteward-2026-11-01.xlsx")).isNotEmptyFile();
		assertThat(row("run")).containsEntry("status", "COMPLETE").containsEntry("narrowed", false);
		assertThat(this.register.out()).contains("run 2026-11-01 is complete");
	}

	@Test
	void aCompleteRunIsRefused() {
		this.register.key("k", "2026-10-01", null);
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(5);
		assertThat(this.register.err()).contains("run 2026-11-01 is complete since").hasLineCount(1);
	}

	@Test
	void aSourceThatCannotBeReachedDoesNotKeepTheOthersFromBeingReported() {
		this.register.key("k", "2026-10-01", null);
		this.register.source(1, "payments",
				new TestDatabase("jdbc:postgresql://localhost:1/payments", "reader", "secret-word"));
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(1);
		assertThat(this.register.err()).contains("payments").doesNotContain("secret-word").hasLineCount(1);
		assertThat(snapshot()).containsExactly("k JUDGED {} {}");
		assertThat(row("run")).containsEntry("status", "FAILED");
		assertThat(this.register.reports().resolve("keysteward-2026-11-01.xlsx")).isNotEmptyFile();
	}

	@Test
	void aFailedRunIsContinuedWithTheSameAsOfOnceItsSourceIsThereAgain() {
		this.register.key("k", "2026-10-01", null);
		TestDatabase second = TestDatabase.empty();
		this.register.source(1, "payments", second);
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(2);
		assertThat(this.register.err()).contains("payments").hasLineCount(1);
		second.jdbc().sql(Register.read(Path.of("config/sources/api-key-records/schema.sql"))).update();
		assertThat(this.register.execute("run", "--run-key=2026-11-01")).isZero();
		assertThat(row("run")).containsEntry("status", "COMPLETE");
		assertThat(
				this.register.governance().sql("SELECT status FROM keysteward.run_source").query(String.class).list())
			.containsExactly("READ", "READ");
	}

	@Test
	void aSourceThatHadKeysAndHasNoneFailsUnlessThatIsAccepted() {
		this.register.key("k", "2026-10-01", null);
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		this.register.keys().sql("DELETE FROM api_key").update();
		assertThat(run("2026-11-02T12:00:00Z")).isEqualTo(1);
		assertThat(this.register.err()).contains("source 'console' returned no key at all, and 1 in its last run")
			.contains("--accept-empty");
		assertThat(this.register.execute("run", "--run-key=2026-11-02", "--accept-empty")).isZero();
	}

	@Test
	void aSourceWithoutKeysIsARunLikeAnyOther() {
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		assertThat(snapshot()).isEmpty();
	}

	@Test
	void aKeyIdThatComesTwiceIsNamed() {
		this.register.key("k-1", "2026-10-01", null);
		this.register.keys().sql("ALTER TABLE api_key DROP CONSTRAINT api_key_pkey CASCADE").update();
		this.register.key("k-1", "2026-10-01", null);
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(2);
		assertThat(this.register.err()).contains("source 'console': key_id 'k-1' comes more than once").hasLineCount(1);
	}

	@Test
	void anAsOfBeforeTheLastCompleteRunIsRefused() {
		assertThat(run("2026-11-02T12:00:00Z")).isZero();
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(2);
		assertThat(this.register.err()).contains("--as-of: '2026-11-01T12:00:00Z' lies before");
	}

	@Test
	void aNarrowedRunIsNoBaseline() {
		this.register.key("k", "2026-10-01", null);
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--project=p", "--run-key=part")).isZero();
		assertThat(run("2026-11-03T12:00:00Z")).isZero();
		assertThat(this.register.governance()
			.sql("SELECT b.run_key FROM keysteward.run r JOIN keysteward.run b ON b.run_id = r.baseline_run_id"
					+ " WHERE r.run_key = '2026-11-03'")
			.query(String.class)
			.single()).isEqualTo("2026-11-01");
	}

	@Test
	void aProjectThatNoSourceHasAKeyOfIsRefusedBeforeAnythingIsWritten() {
		this.register.key("k", "2026-10-01", null);
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--project=p", "--project=P")).isEqualTo(2);
		assertThat(this.register.err()).contains("--project: 'P' has no key in console; it is a project's id")
			.hasLineCount(1);
		assertThat(this.register.governance().sql("SELECT count(*) FROM keysteward.run").query(Long.class).single())
			.isZero();
		assertThat(this.register.reports()).satisfiesAnyOf((none) -> assertThat(none).doesNotExist(),
				(empty) -> assertThat(empty).isEmptyDirectory());
	}

	@Test
	void aSourceThatDoesNotAnswerMayHaveTheProject() {
		this.register.key("k", "2026-10-01", null);
		this.register.source(1, "payments",
				new TestDatabase("jdbc:postgresql://localhost:1/payments", "reader", "secret-word"));
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--project=elsewhere")).isEqualTo(1);
		assertThat(this.register.err()).contains("payments").hasLineCount(1);
	}

	@Test
	void oldInventoriesAreDroppedAndFindingsStay() {
		this.register.key("dead", "2025-12-01", "2026-07-01T00:00:00Z").set("keysteward.inventory.keep", "2d");
		for (int day = 1; day <= 4; day++) {
			assertThat(run("2026-11-0" + day + "T12:00:00Z")).isZero();
		}
		assertThat(this.register.governance()
			.sql("SELECT DISTINCT run_id FROM keysteward.key_snapshot ORDER BY run_id")
			.query(Long.class)
			.list()).containsExactly(2L, 3L, 4L);
		assertThat(row("finding")).containsEntry("first_seen_run", 1L).containsEntry("last_seen_run", 4L);
	}

	@Test
	void theControlTotalsAddUp() {
		this.register.key("judged", "2026-10-01", null)
			.key("off", "2026-10-01", null)
			.key("robot", "2026-10-01", null)
			.key("future", "2126-12-01", null);
		this.register.keys().sql("UPDATE api_key SET status = 'disabled' WHERE id = 'off'").update();
		this.register.keys().sql("UPDATE api_key SET kind = 'robot' WHERE id = 'robot'").update();
		assertThat(run("2026-11-01T12:00:00Z")).isZero();
		assertThat(this.register.governance()
			.sql("SELECT totals -> 'sources' -> 0 #>> '{}' FROM keysteward.run")
			.query(String.class)
			.single())
			.contains("\"read\": 4", "\"judged\": 1", "\"dataErrors\": 1", "\"notGoverned\": 1", "\"notActive\": 1");
	}

	@Test
	void aTamperedInventoryFailsTheRunAndSaysWhichSideHasHowMany() {
		this.register.key("k", "2026-10-01", null);
		this.register.loseRows();
		assertThat(run("2026-11-01T12:00:00Z")).isEqualTo(6);
		assertThat(this.register.err()).contains("the reader counted 1 row, key_snapshot holds 0");
		assertThat(this.register.reports()).doesNotExist();
	}

	private int run(String asOf) {
		return this.register.execute("run", "--as-of=" + asOf);
	}

	private List<String> snapshot() {
		return this.register.governance()
			.sql("SELECT concat_ws(' ', key_id, judgement, findings, violations) FROM keysteward.key_snapshot ORDER BY key_id")
			.query(String.class)
			.list();
	}

	private Map<String, Object> row(String table) {
		return this.register.governance().sql("SELECT * FROM keysteward." + table).query().singleRow();
	}

}
