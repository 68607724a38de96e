package io.keysteward.cli;

import java.nio.file.Path;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.Register;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FindCommandTests {

	private final Register register;

	FindCommandTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@Test
	void findTellsWhatIsWrongWithAKeyAndWhy() {
		this.register.key("k-100%_x", "2025-12-01", "2026-07-01T00:00:00Z").key("other", "2026-10-01", null);
		this.register.keys().sql("UPDATE api_key SET name = E'a\\nb\\u202E' WHERE id = 'k-100%_x'").update();
		this.register.execute("run", "--as-of=2026-11-01");
		assertThat(this.register.execute("find", "100%_")).isZero();
		assertThat(this.register.out()).contains("console/k-100%_x", "\"a\\u000Ab\\u202E\"",
				"last used  2026-07-01 00:00 UTC", "IDLE: ", "1 key with '100%_'");
		this.register.execute("find", "CONSOLE/other");
		assertThat(this.register.out()).contains("0 keys");
		this.register.execute("find", "console/other");
		assertThat(this.register.out()).contains("last used  never", "nothing is wrong");
	}

	@Test
	void findKnowsOwnersAndShowsLongNamesByTheirBeginning() {
		this.register.key("k1", "2026-10-01", null);
		this.register.keys().sql("UPDATE api_key SET name = repeat('x', 5000)").update();
		this.register.execute("run", "--as-of=2026-11-01");
		for (String owner : List.of("u", "Ada", "ADA@example")) {
			assertThat(this.register.execute("find", owner)).isZero();
			assertThat(this.register.out())
				.contains("console/k1", "owner      Ada  u  ada@example.com", "x".repeat(120) + "…")
				.doesNotContain("x".repeat(121));
		}
		assertThat(this.register.execute("find", "--help")).isZero();
		assertThat(this.register.out()).contains("owner");
	}

	@Test
	void findTellsWhatHoldsAKeyAndWhatWasDoneToIt() {
		this.register.key("k1", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		this.register.execute("find", "k1");
		assertThat(this.register.out()).doesNotContain("exempt")
			.contains("  history    2026-11-01 00:00 UTC  found AGED, WARN in run first\n",
					"  history    2026-11-01 00:00 UTC  found IDLE, VIOLATION in run first\n");
		this.register.governance()
			.sql("UPDATE keysteward.key_snapshot SET exempted_by = '{NULL,EX-7}', exemption = 'EX-7', findings = '{AGED,IDLE}',"
					+ " reasons = '{a,b}'")
			.update();
		this.register.governance().sql("DELETE FROM keysteward.key_action").update();
		this.register.governance()
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, held_by, closed_gates, detail,
					                                   due_at)
					SELECT run_id, 'console', 'k1', 'DISABLE', 'HELD', 'NOTICE', '{NOTICE,WINDOW}', E'Not warned.\u202E',
					       '2026-12-07 02:00Z' FROM keysteward.run
					""")
			.update();
		insertAction("r1", "DISABLE", "FAILED", "2026-09-01 02:00Z");
		insertAction("r2", "DISABLE", "SKIPPED_CHANGED", "2026-09-02 02:00Z");
		insertAction("r3", "DISABLE", "DISABLED", "2026-09-03 02:00Z");
		insertAction("r4", "RESTORE", "RESTORED", "2026-09-04 02:00Z");
		this.register.governance()
			.sql("""
					UPDATE keysteward.key_action SET restored_by_run = (SELECT run_id FROM keysteward.run WHERE run_key = 'r4')
					WHERE outcome = 'DISABLED'
					""")
			.update();
		this.register.execute("find", "k1");
		assertThat(this.register.out())
			.containsSubsequence("  AGED: a", "  IDLE, exempt by EX-7: b",
					"  disabling  held by NOTICE, WINDOW; due from 2026-12-07 02:00 UTC if unused. Not warned.\\u202E",
					"  history    2026-09-04 02:00 UTC  restored in run r4",
					"  history    2026-09-03 02:00 UTC  disabled in run r3, restored in run r4",
					"  history    2026-09-02 02:00 UTC  disabling: left alone, changed since it was read, in run r2",
					"  history    2026-09-01 02:00 UTC  disabling: failed in run r1")
			.contains("ACTIVE\n")
			.doesNotContain("when it was read");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DISABLED        |          | NULL  | disabled in run first
			FAILED          | STAYS    | Read. | failed in run first. Read.
			SKIPPED_CHANGED |          | Used. | left alone, changed since it was read, in run first. Used.
			WOULD_DISABLE   |          | NULL  | would be disabled: run with --disable
			NULL            | MAY_PASS | Gone. | due; it could not be disabled yet. Gone.
			NULL            |          | NULL  | due; what became of it is not known yet
			""", nullValues = "NULL")
	void findTellsWhatBecameOfAKeyThatWasDue(@Nullable String outcome, @Nullable String failure,
			@Nullable String detail, String words) {
		this.register.key("k1", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		this.register.governance().sql("DELETE FROM keysteward.key_action").update();
		this.register.governance()
			.sql("""
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, failure, detail, done_at)
					SELECT run_id, 'console', 'k1', 'DISABLE', 'DUE', :outcome, :failure, :detail,
					       CASE WHEN :outcome <> 'WOULD_DISABLE' THEN as_of END FROM keysteward.run
					""")
			.param("outcome", outcome, Types.VARCHAR)
			.param("failure", failure, Types.VARCHAR)
			.param("detail", detail, Types.VARCHAR)
			.update();
		this.register.execute("find", "k1");
		assertThat(this.register.out()).contains("  disabling  " + words + "\n")
			.doesNotContainPattern("history .* (disab|restor|left alone)");
	}

	@Test
	void findTellsWhatWasDoneToAKeySinceItWasRead() {
		this.register.key("k1", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		insertAction("r1", "DISABLE", "DISABLED", Instant.now().plusSeconds(60).toString());
		this.register.execute("find", "k1");
		assertThat(this.register.out()).contains("ACTIVE when it was read, disabled since\n");
		insertAction("r2", "RESTORE", "FAILED", Instant.now().plusSeconds(90).toString());
		this.register.execute("find", "k1");
		assertThat(this.register.out()).contains("ACTIVE when it was read, disabled since\n");
		insertAction("r3", "RESTORE", "RESTORED", Instant.now().plusSeconds(120).toString());
		this.register.execute("find", "k1");
		assertThat(this.register.out()).contains("ACTIVE when it was read, restored since\n");
	}

	@Test
	void findTellsWhoWasToldAndWhoCouldNotBe() {
		this.register.key("k1", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		mail("WARNING", "FAILED", "bob@example.com", "550 5.1.1 unknown", null);
		mail("FINAL", "SENT", "ada@example.com", null, "2026-11-02 02:01Z");
		this.register.execute("find", "k1");
		assertThat(this.register.out())
			.contains("  history    2026-11-02 02:01 UTC  mail FINAL to ada@example.com: taken by the mail server"
					+ " in run first\n")
			.contains("UTC  mail WARNING to bob@example.com: NOT taken in run first. 550 5.1.1 unknown\n");
	}

	@Test
	void findSaysThatOlderEventsAreLeftOut() {
		this.register.key("k1", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		for (int day = 10; day < 31; day++) {
			insertAction("r" + day, "DISABLE", "FAILED", "2026-09-" + day + " 02:00Z");
		}
		this.register.execute("find", "k1");
		assertThat(this.register.out())
			.contains("found AGED", "run r30", "run r13", "  history    older ones are in the tables")
			.doesNotContain("run r12");
	}

	@Test
	void findShowsWhatBecameOfAKeyFromRunToRun() {
		this.register.key("k1", "2026-01-01", "2026-07-01T00:00:00Z").key("other", "2026-10-01", "2026-10-30");
		this.register.execute("run", "--as-of=2026-10-01");
		change("name = E'new\u202Ename', last_used_at = '2026-10-01 12:00Z'");
		this.register.execute("run", "--as-of=2026-10-02");
		this.register.keys()
			.sql("INSERT INTO account (id, name, email) VALUES ('b', 'Bob', 'bob@example.com')")
			.update();
		change("owner_id = 'b', status = 'disabled'");
		this.register.execute("run", "--as-of=2026-10-03");
		change("id = 'away'");
		this.register.execute("run", "--as-of=2026-10-04");
		this.register.keys().sql("UPDATE api_key SET id = 'k1' WHERE id = 'away'").update();
		this.register.execute("run", "--as-of=2026-10-05");
		change("id = 'away'");
		this.register.key("k1", "2026-10-04", null);
		this.register.execute("run", "--as-of=2026-10-06");
		this.register.execute("run", "--as-of=2026-10-07");
		assertThat(this.register.execute("find", "console/k1")).as(this.register.err()).isZero();
		assertThat(this.register.out().lines().filter((line) -> line.startsWith("  history "))).containsExactly(
				"  history    2026-10-06 00:00 UTC  creation '2026-10-04 00:00 UTC', before '2026-01-01 00:00 UTC' in run 2026-10-06",
				"  history    2026-10-06 00:00 UTC  name 'service k1', before 'new\\u202Ename' in run 2026-10-06",
				"  history    2026-10-06 00:00 UTC  owner 'Ada (u)', before 'Bob (b)' in run 2026-10-06",
				"  history    2026-10-06 00:00 UTC  owner's address 'ada@example.com', before 'bob@example.com' in run 2026-10-06",
				"  history    2026-10-06 00:00 UTC  status 'ACTIVE', before 'DISABLED' in run 2026-10-06",
				"  history    2026-10-05 00:00 UTC  back in its source in run 2026-10-05",
				"  history    2026-10-04 00:00 UTC  gone from its source in run 2026-10-04",
				"  history    2026-10-03 00:00 UTC  owner 'Bob (b)', before 'Ada (u)' in run 2026-10-03",
				"  history    2026-10-03 00:00 UTC  owner's address 'bob@example.com', before 'ada@example.com' in run 2026-10-03",
				"  history    2026-10-03 00:00 UTC  status 'DISABLED', before 'ACTIVE' in run 2026-10-03",
				"  history    2026-10-02 00:00 UTC  name 'new\\u202Ename', before 'service k1' in run 2026-10-02",
				"  history    2026-10-02 00:00 UTC  IDLE ended in run 2026-10-02. The key was used again.",
				"  history    2026-10-01 12:00 UTC  used again; no use was seen for 92 days, since 2026-07-01 00:00 UTC",
				"  history    2026-10-01 00:00 UTC  found IDLE, WARN in run 2026-10-01");
	}

	@Test
	void aKeyThatComesBackIsTheSameIfItWasCreatedAtTheSameInstant() {
		this.register.key("k1", "2026-01-01", "2026-09-30").key("other", "2026-10-01", "2026-10-01");
		this.register.execute("run", "--as-of=2026-10-01");
		change("id = 'away'");
		this.register.execute("run", "--as-of=2026-10-02");
		this.register.key("k1", "2026-10-02", null);
		this.register.execute("run", "--as-of=2026-10-03");
		this.register.execute("find", "console/k1");
		assertThat(this.register.out()).contains(
				"2026-10-03 00:00 UTC  back in its source as another key, created at another time in run 2026-10-03\n",
				"2026-10-02 00:00 UTC  gone from its source in run 2026-10-02\n");
		this.register.execute("find", "console/other");
		assertThat(this.register.out()).doesNotContain("history");
		this.register.execute("find", "console/away");
		assertThat(this.register.out()).contains("  history    2026-10-02 00:00 UTC  appeared in run 2026-10-02\n");
	}

	@Test
	void aKeyWithoutACreationIsNotCalledAnotherOne() {
		this.register.key("k1", "2026-01-01", "2026-09-30").key("other", "2026-10-01", "2026-10-01");
		this.register.keys().sql("ALTER TABLE api_key ALTER created_at DROP NOT NULL").update();
		change("created_at = NULL");
		this.register.execute("run", "--as-of=2026-10-01");
		change("id = 'away'");
		this.register.execute("run", "--as-of=2026-10-02");
		this.register.keys().sql("UPDATE api_key SET id = 'k1', created_at = '2026-01-01Z' WHERE id = 'away'").update();
		this.register.execute("run", "--as-of=2026-10-03");
		this.register.execute("find", "console/k1");
		assertThat(this.register.out()).contains("back in its source in run 2026-10-03\n")
			.doesNotContain("another key");
	}

	@Test
	void anotherOwnerOfTheSameNameIsAnotherOwnerAndNoNameEndsALine() {
		this.register.key("k1", "2026-01-01", "2026-09-30");
		this.register.execute("run", "--as-of=2026-10-01");
		this.register.keys()
			.sql("INSERT INTO account (id, name, email) VALUES ('b', 'Ada', 'ada@example.com')")
			.update();
		change("owner_id = 'b', name = 'x'', before ''y'' in run 2026-10-01'");
		this.register.execute("run", "--as-of=2026-10-02");
		this.register.execute("find", "console/k1");
		assertThat(this.register.out()).contains("owner 'Ada (b)', before 'Ada (u)' in run 2026-10-02\n",
				"name 'x\\u0027, before \\u0027y\\u0027 in run 2026-10-01', before 'service k1' in run 2026-10-02\n");
	}

	@Test
	void aRunThatDidNotReadEverythingSaysSo() {
		this.register.key("k1", "2026-01-01", "2026-09-30").key("elsewhere", "2026-01-01", "2026-09-30");
		this.register.keys().sql("INSERT INTO project (id, name) VALUES ('other', 'Other')").update();
		this.register.keys().sql("UPDATE api_key SET project_id = 'other' WHERE id = 'elsewhere'").update();
		this.register.execute("run", "--as-of=2026-10-01");
		this.register.execute("run", "--run-key=part", "--as-of=2026-10-02", "--project=other");
		assertThat(this.register.execute("find", "--run-key=part", "console/k1")).isZero();
		assertThat(this.register.out()).contains("0 keys",
				"Run part was narrowed by --source or --project: a key that is not shown may exist.");
	}

	@Test
	void findOfAPastRunSaysWhatItSaidThatNight() {
		this.register.key("k1", "2026-01-01", "2026-07-01T00:00:00Z");
		List<String> changes = List.of("name = 'test'", "last_used_at = '2026-10-01 12:00Z'", "owner_id = NULL",
				"status = 'disabled'", "status = 'active', name = 'a good name'", "project_id = NULL", "name = ''");
		List<String> said = new ArrayList<>();
		for (int night = 0; night < changes.size(); night++) {
			change(changes.get(night));
			assertThat(this.register.execute("run", "--as-of=2026-10-%02d".formatted(2 + night))).isZero();
			this.register.execute("find", "k1");
			said.add(this.register.out());
		}
		insertAction("later", "2026-10-02", "DISABLE", "DISABLED", "2026-10-20 02:00Z");
		assertThat(said).doesNotHaveDuplicates();
		for (int night = 0; night < changes.size(); night++) {
			assertThat(this.register.execute("find", "--run-key=2026-10-%02d".formatted(2 + night), "k1")).isZero();
			assertThat(this.register.out()).isEqualTo(said.get(night));
		}
	}

	@Test
	void whatANightSawThatWasSetAsideCountsForThatNightOnly() {
		this.register.key("k1", "2026-01-01", "2026-09-30");
		this.register.execute("run", "--as-of=2026-10-01");
		change("name = 'test'");
		this.register.execute("run", "--as-of=2026-10-02");
		this.register.execute("runs", "--set-aside=2026-10-02", "--reason=a wrong clock");
		change("name = repeat('x', 5000)");
		assertThat(this.register.execute("run", "--as-of=2026-10-03")).as(this.register.err()).isZero();
		this.register.execute("find", "console/k1");
		assertThat(this.register.out()).contains("before 'service k1' in run 2026-10-03")
			.doesNotContain("2026-10-02", "x".repeat(1000));
		this.register.execute("find", "--run-key=2026-10-02", "console/k1");
		assertThat(this.register.out()).contains("name 'test', before 'service k1' in run 2026-10-02",
				"found UNNAMED, WARN in run 2026-10-02", "Run 2026-10-02 is set aside: what it judged does not count.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--run-key=none | --run-key: there is no run 'none'; the command runs lists them
			--run-key=     | --run-key: '' is not allowed
			""")
	void aRunThatIsNotThereIsNotSearched(String option, String line) {
		assertThat(this.register.execute("find", option, "k1")).isEqualTo(2);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
	}

	private void change(String set) {
		this.register.keys().sql("UPDATE api_key SET " + set + " WHERE id = 'k1'").update();
	}

	private void insertAction(String runKey, String action, String outcome, String at) {
		insertAction(runKey, "first", action, outcome, at);
	}

	private void insertAction(String runKey, String after, String action, String outcome, String at) {
		this.register.governance()
			.sql("""
					WITH inserted AS (
					  INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                              narrowed, status)
					  SELECT :key, as_of, 'DISABLE', trigger, requested_by, '', policy, sources, true, 'COMPLETE'
					  FROM keysteward.run WHERE run_key = :after RETURNING run_id)
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at)
					SELECT run_id, 'console', 'k1', :action, 'DUE', :outcome, :at::timestamptz, :at::timestamptz FROM inserted
					""")
			.param("key", runKey)
			.param("after", after)
			.param("action", action)
			.param("outcome", outcome)
			.param("at", at)
			.update();
	}

	private void mail(String kind, String status, String recipient, @Nullable String detail, @Nullable String sentAt) {
		this.register.governance()
			.sql("""
					WITH mail AS (
					  INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, detail, sent_at)
					  SELECT run_id, :kind, :recipient, gen_random_uuid(), :status, :detail, :at::timestamptz
					  FROM keysteward.run WHERE run_key = 'first' RETURNING notice_id)
					INSERT INTO keysteward.notice_key (notice_id, source, key_id) SELECT notice_id, 'console', 'k1' FROM mail
					""")
			.param("kind", kind)
			.param("status", status)
			.param("recipient", recipient)
			.param("detail", detail)
			.param("at", sentAt)
			.update();
	}

}
