package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people get to see: answers, and one line for each thing that is wrong.
 */
class CommandTests {

	private final Path directory;

	private final Register register;

	CommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "run --dsable          | there is no option '--dsable'",
			"run --run-key=a/b     | --run-key: 'a/b' is not allowed; up to 100 letters, digits, dots, underscores",
			"run --as-of=tomorrow  | 'tomorrow' is no time; allowed are 2026-11-23T02:00:00Z",
			"run --source=nowhere  | --source: 'nowhere' is not (or no longer) configured; allowed: console",
			"run --project=        | --project: '' is no project's id; give one, or leave the option out",
			"runs --last=0         | --last: '0' is not allowed; 1 to 1000",
			"runs --last=many      | --last: 'many' is not allowed; 1 to 1000",
			"find x --limit=x      | --limit: 'x' is not allowed; 1 to 10000",
			"restore --key=cnsole/x | --key: there is no source 'cnsole'; configured: console",
			"find                  | TEXT: is missing; give a part of an id, name, project, owner or mask, or an option",
			"find --rule=IDEL      | there is no complete run yet whose inventory is kept",
			"find --level=bad      | Invalid value for option '--level': expected one of [WARN, VIOLATION] (case-insensitive) but was 'bad'",
			"find --due-before=1.12.2026 | --due-before: '1.12.2026' is not allowed; write a day, such as 2026-12-24",
			"find x --format=xml   | --format: 'xml' is not allowed; allowed: text, json, csv",
			"explain               | Missing required parameter: 'SOURCE/ID'",
			"runs --diff a         | option '--diff' at index 0 (KEY) requires at least 2 values",
			"runs --diff a a/b     | --diff: there is no run 'a'",
			"runs --diff a b --set-aside=a | --diff: not with --set-aside; leave one of them out",
			"sources --format=xml  | --format: 'xml' is not allowed; allowed: text, json, csv",
			"report                | Missing required option: '--run-key=KEY'",
			"report --run-key=none | --run-key: there is no run 'none'",
			"rnu                   | there is no command 'rnu'; allowed: run, restore, find, explain, decide, rehearse, runs, report, check, sources",
			"rnu --help            | there is no command 'rnu'; allowed: run, restore, find, explain, decide, rehearse, runs, report, check, sources",
			"rnu --version         | there is no command 'rnu'; allowed: run, restore, find, explain, decide, rehearse, runs, report, check, sources",
			"--help extra          | there is no command 'extra'",
			"run --hlep --help     | there is no option '--hlep'",
			"find a b              | there is no use for 'b' here",
			"restore               | keysteward: Missing required argument (specify one of these): (--run-key=KEY",
			"restore --key=c/a --run-key=b | keysteward: --run-key=KEY, --key=SOURCE/ID are mutually exclusive" })
	void badArgumentsGetOneLineAndExitCode2(String command, String line) {
		refused(2, line, command.split(" "));
	}

	@Test
	void noCommandAtAllIsRefusedWithTheListOfThem() {
		refused(2,
				"a command is missing; allowed: run, restore, find, explain, decide, rehearse, runs, report, check, sources");
	}

	/** Shells ask for it by a name that no list of commands has. */
	@Test
	void shellsCompleteCommandsAndOptions() {
		assertThat(this.register.execute("generate-completion")).isZero();
		assertThat(this.register.out()).contains("complete -F _complete_keysteward", "--due-before", "explain");
		assertThat(this.register.execute("--help")).isZero();
		assertThat(this.register.out()).contains("explain").doesNotContain("generate-completion");
	}

	@Test
	void anAsOfInTheFutureIsRefused() {
		Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
		refused(2, "--as-of: '" + tomorrow + "' lies in the future", "run", "--as-of=" + tomorrow);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"keysteward.reprot.directory      | x      | keysteward.reprot.directory: unknown property; did you mean keysteward.report.directory?",
			"keysteward.policy.idle.warm      | 45d    | keysteward.policy.idle.warm: unknown property; did you mean keysteward.policy.idle.warn?",
			"keysteward.sources[0].definitoin | x      | did you mean keysteward.sources[].definition?",
			"keysteward.policy.idle.warn      | soon   | keysteward.policy.idle.warn: 'soon' is not allowed; it must be a duration, such as 45d, 48h or 5m",
			"keysteward.policy.idle.warn      | -45d   | keysteward.policy.idle.warn: '-45d' is not allowed",
			"keysteward.policy.overrides[0].source | consoel | 'consoel'",
			"keysteward.policy.preset         | strict | keysteward.policy.preset: 'strict' is not a preset: allowed are default, cis, pci, relaxed",
			"keysteward.inventory.keep        | 1d     | keysteward.inventory.keep: '1d' is not allowed; write whole days from 2d to 36500d, such as 400d",
			"keysteward.inventory.keep        | 36h    | keysteward.inventory.keep: '36h' is not allowed; write whole days",
			"keysteward.inventory.keep        | never  | keysteward.inventory.keep: 'never' is not allowed; write whole days",
			"keysteward.inventory.keep        | flagged | keysteward.inventory.keep: 'flagged' is not needed any more: a key that is as it was takes no room; write how long what runs have found is kept, such as 400d, or leave the property out",
			"keysteward.inventory.keep        | all    | keysteward.inventory.keep: 'all' is not needed any more",
			"keysteward.inventory.keep-runs   | 35     | keysteward.inventory.keep-runs: is replaced by keysteward.inventory.keep, a time such as 400d: what a run changes takes little room; write that, or remove this one",
			"keysteward.disable.max-keys      | 99999999999999 | '99999999999999' is not allowed; it must be a whole number up to 2147483647",
			"keysteward.disable.window.days[0] | FUNDAY | 'FUNDAY' is not allowed; it must be one of MONDAY, TUESDAY,",
			"keysteward.sources               | x      | 'x' is not allowed; it must be a list, each entry behind a hyphen",
			"spring.config.additional-location | /tmp  | '/tmp' is no file of a known kind; write .yaml behind a file's name, and a slash behind a folder's",
			"keysteward.sources[0].datasource.url | jdbc:postgresql://localhost:99999999/x | a port is a number from 1 to 65535",
			"keysteward.inventory.keep        | some   | keysteward.inventory.keep: 'some' is not allowed; write whole days from 2d to 36500d",
			"keysteward.drivers               | ``     | keysteward.drivers: is empty; write a value, or remove it",
			"keysteward.report.directory      | ``     | keysteward.report.directory: '' is not allowed; name a directory, such as reports, or leave the property out",
			"keysteward.report.directory      | a\u0000b | keysteward.report.directory: 'a\\u0000b' is not allowed; name a directory",
			"keysteward.report.keep           | 0      | keysteward.report.keep: '0' is not allowed; write whole days from 1d to 36500d, such as 400d, or never",
			"keysteward.report.keep           | 36h    | keysteward.report.keep: '36h' is not allowed; write whole days",
			"keysteward.report.keep           | always | keysteward.report.keep: 'always' is not allowed; write whole days",
			"spring.mail.hots                 | x      | spring.mail.hots: unknown property; did you mean spring.mail.host?",
			"keystewart.policy.preset         | cis    | keystewart.policy.preset: unknown property",
			"keysteward.sources[0].definition | nothing | nothing" })
	void aWrongSettingIsNamed(String property, String value, String line) {
		this.register.set(property, value);
		refused(2, line, "run");
	}

	@Test
	void aThresholdShorterThanGranularityAndUncertaintyIsRefused() {
		this.register.set("keysteward.policy.idle.warn", "1d");
		refused(2, "keysteward.policy.idle.warn", "run");
	}

	@Test
	void aGovernanceDatabaseThatDoesNotAnswerIsWorthAnotherTry() {
		this.register.set("spring.datasource.url", "jdbc:postgresql://localhost:1/keysteward");
		refused(1, "spring.datasource.url: the governance database does not answer", "run");
	}

	@Test
	void aGovernanceDatabaseThatDoesNotExistIsAMatterOfConfiguration() {
		this.register.set("spring.datasource.url", this.register.governanceUrl() + "nowhere");
		refused(2, "spring.datasource.url: database \"", "run");
	}

	@Test
	void withoutAGovernanceDatabaseTheMissingPropertyIsNamed() {
		this.register.set("spring.datasource.url", "");
		refused(2, "spring.datasource.url: is not set", "run");
	}

	@Test
	void aReportDirectoryThatCannotBeWrittenIsNamed() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		this.register.set("keysteward.report.directory", file.resolve("reports").toString());
		assertThat(this.register.execute("run")).isNotZero();
		assertThat(this.register.err()).contains("keysteward.report.directory").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "runs", "find x", "report --run-key=x" })
	void aDatabaseWithoutARunIsExplainedAndLeftAlone(String command) {
		TestDatabase empty = TestDatabase.empty();
		Register fresh = new Register(this.directory, empty);
		assertThat(fresh.execute(command.split(" "))).isEqualTo(2);
		assertThat(fresh.err()).contains("the first run creates them").hasLineCount(1);
		assertThat(schemas(empty)).isZero();
	}

	@Test
	void aFailureHasItsStackTraceOnlyWithDebug() {
		this.register.execute("report", "--run-key=none", "--debug");
		assertThat(this.register.err()).contains("\tat io.keysteward");
	}

	@Test
	void helpSaysWhatEachCommandDoesAndEveryExitCode() {
		assertThat(this.register.execute("--help")).isZero();
		assertThat(this.register.out()).contains("run", "find", "runs", "report", "check", "  6    needs a person");
		assertThat(this.register.execute("run", "--help")).isZero();
		assertThat(this.register.out()).contains("--as-of=TIME", "--accept-empty");
	}

	@Test
	void runsListsTheLastRuns() {
		this.register.key("dead", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		assertThat(this.register.execute("runs")).isZero();
		assertThat(this.register.out()).contains("run_key")
			.containsPattern("first +2026-11-01T00:00:00Z REPORT +COMPLETE +1");
	}

	@Test
	void runsCountsWhatWasDisabledAndListsThoseWhoRestored() {
		this.register.key("dead", "2025-01-01", null);
		this.register.execute("run", "--run-key=first", "--as-of=2026-11-01");
		this.register.governance().sql("""
				UPDATE keysteward.run SET mode = 'DISABLE', totals = jsonb_set(totals, '{actions}', '{"disabled": 3,
				  "wouldDisable": 4, "skippedChanged": 0, "failed": 0, "unsettled": 0, "held": 17, "heldBy": []}')
				""").update();
		this.register.governance()
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
					                            narrowed, status, started_at)
					SELECT 'restore-1', as_of, 'RESTORE', 'manual', 'grace', '', policy, sources, true, 'COMPLETE', started_at
					FROM keysteward.run
					""")
			.update();
		assertThat(this.register.execute("runs")).isZero();
		assertThat(this.register.out()).containsPattern("violations +disabled +would +held +seconds")
			.containsPattern("first .* DISABLE +COMPLETE +1 +1 +\\d+ +3 +4 +17 +\\d+")
			.containsPattern("restore-1 .* RESTORE +COMPLETE( +-){7}");
	}

	@Test
	void runsHasAPlaceForWhatAFailedRunHasMet() {
		this.register.execute("run", "--as-of=2026-11-01");
		this.register.governance().sql("UPDATE keysteward.run SET status = 'FAILED', fault = 'it rained'").update();
		this.register.execute("runs");
		assertThat(this.register.out()).containsPattern("FAILED .*keysteward-2026-11-01.xlsx\\R  it rained\\R");
	}

	@Test
	void aPastRunsWorkbookIsWrittenAgain() {
		this.register.key("dead", "2025-01-01", null);
		this.register.execute("run", "--as-of=2026-11-01");
		this.register.execute("run", "--as-of=2026-11-02");
		Path again = this.directory.resolve("again.xlsx");
		assertThat(this.register.execute("report", "--run-key=2026-11-01", "--output=" + again)).isZero();
		assertThat(again).isNotEmptyFile();
		assertThat(this.register.out()).contains(again.toString(), "SHA-256");
		refused(2, "is there already, and may be what was mailed", "report", "--run-key=2026-11-01");
	}

	@Test
	void aReportGoesIntoADirectoryThatIsThere() {
		this.register.execute("run", "--as-of=2026-11-01");
		Path none = this.directory.resolve("none");
		refused(2, "--output: there is no directory '" + none + "'", "report", "--run-key=2026-11-01",
				"--output=" + none.resolve("again.xlsx"));
		assertThat(none).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "/proc/x.xlsx | '/proc/x.xlsx' cannot be written (", "`` | '' is not allowed" })
	void aReportThatCannotGoWhereSomebodyWantsItNamesTheOption(String output, String line) {
		this.register.execute("run", "--as-of=2026-11-01");
		refused(2, "--output: " + line, "report", "--run-key=2026-11-01", "--output=" + output);
		assertThat(this.register.err()).doesNotContain("keysteward.report.directory");
	}

	@Test
	void everyStepOfARunHasWordsForPeople() {
		this.register.execute("run", "--as-of=2026-11-01");
		assertThat(this.register.governance()
			.sql("SELECT split_part(step_name, ':', 1) FROM keysteward.batch_step_execution")
			.query(String.class)
			.set()).isNotEmpty()
			.filteredOn((step) -> !step.equals("sourceInventory"))
			.allSatisfy((step) -> assertThat(StepWords.of(step)).contains(" ").doesNotContain(step));
	}

	@Test
	void aRestoreHasNoWorkbook() {
		this.register.execute("run", "--run-key=r1", "--as-of=2026-11-01");
		this.register.governance().sql("UPDATE keysteward.run SET mode = 'RESTORE'").update();
		refused(2, "'r1' names a restore; it has no report", "report", "--run-key=r1");
	}

	@Test
	void aWorkbookThatWasLostIsWrittenAgainInItsPlaceWithItsHash() throws IOException {
		this.register.execute("run", "--as-of=2026-11-01");
		Files.delete(this.register.reports().resolve("keysteward-2026-11-01.xlsx"));
		assertThat(this.register.execute("report", "--run-key=2026-11-01")).isZero();
		assertThat(this.register.out()).contains(this.register.governance()
			.sql("SELECT sha256 FROM keysteward.run_report")
			.query(String.class)
			.single());
	}

	@Test
	void checkTriesEverythingAndChangesNothing() {
		TestDatabase empty = TestDatabase.empty();
		Register fresh = new Register(this.directory, empty);
		empty.jdbc().sql("""
				DO $$ BEGIN
				  EXECUTE format('GRANT CREATE ON DATABASE %I TO keysteward_app', current_database());
				  EXECUTE format('ALTER DATABASE %I SET idle_session_timeout = ''3s''', current_database());
				END $$
				""").update();
		assertThat(fresh.execute("check")).as(fresh.out()).isZero();
		assertThat(fresh.out()).contains("ok    governance database", "no tables yet", "idle_session_timeout is 3s",
				"ok    source console", "ok    inventory                    what runs have found is kept for 400 days",
				"ok    report directory", "spring.mail.host is not set", "Ready.");
		assertThat(schemas(empty)).isZero();
		assertThat(fresh.reports()).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "keysteward.inventory.keep | some | configuration",
					"keysteward.polcy.preset | cis | configuration", "spring.mail.hots | x | configuration",
					"keysteward.disable.notice | 1h | policy", "keysteward.disable.trial | -1h | policy",
					"keysteward.policy.preset | strict | policy" })
	void checkSaysOneFaultOnceAndWhereItBelongs(String property, String value, String part) {
		this.register.set(property, value);
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out().split(property, -1)).hasSize(2);
		assertThat(this.register.out()).containsPattern("FAIL +" + part + " +" + property)
			.containsOnlyOnce("FAIL")
			.contains("ok    governance database");
		if (part.equals("configuration") && !property.startsWith("spring")) {
			assertThat(this.register.out()).containsPattern("policy +not tried: see configuration");
		}
	}

	@Test
	void checkReadsWhoWouldBeTold() {
		this.register.set("keysteward.mail.fallback", "nobody");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out())
			.containsPattern("FAIL +mail +keysteward.mail.fallback: \"nobody\" is not one mail");
		this.register.set("keysteward.mail.fallback", "keys@example.com")
			.set("keysteward.mail.warn-owners", "true")
			.set("keysteward.config-directory", this.register.reports().toString());
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.out()).containsPattern("FAIL +mail +.*owners.yaml: is missing");
	}

	@Test
	void checkNamesEachThingThatWouldFailTonight() {
		this.register.keys().sql("ALTER TABLE api_key RENAME COLUMN last_used_at TO last_used").update();
		this.register.set("spring.datasource.url", "jdbc:postgresql://localhost:1/keysteward")
			.set("spring.mail.host", "localhost")
			.set("spring.mail.port", "1");
		int exitCode = this.register.execute("check");
		assertThat(exitCode).withFailMessage(() -> this.register.out() + this.register.err()).isEqualTo(2);
		assertThat(this.register.out()).containsPattern("FAIL  governance database +spring.datasource.url")
			.containsPattern("FAIL  source console +.*select.sql.*last_used_at")
			.containsPattern("FAIL  mail ")
			.contains("Not ready.");
	}

	private void refused(int exitCode, String line, String... command) {
		assertThat(this.register.execute(command)).as(this.register.err()).isEqualTo(exitCode);
		assertThat(this.register.err()).startsWith("keysteward: ").contains(line).hasLineCount(1);
		assertThat(this.register.err()).doesNotContain("Exception");
	}

	private static long schemas(TestDatabase database) {
		return database.jdbc()
			.sql("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'keysteward'")
			.query(Long.class)
			.single();
	}

}
