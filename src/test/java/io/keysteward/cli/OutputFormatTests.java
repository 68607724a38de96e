package io.keysteward.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.keysteward.Register;
import io.keysteward.RunHistory;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a command tells people it also tells programs, as JSON and as CSV.
 */
class OutputFormatTests {

	private static final String SEARCHES = """
			--rule=IDLE                    | dead lost  | rule IDLE
			--rule=IDLE --level=violation  | dead       | rule IDLE, level VIOLATION
			--level=WARN                   | busy lost  | level WARN
			--rule=UNNAMED                 | busy       | rule UNNAMED
			--gate=LEVEL                   | lost       | gate LEVEL
			--gate=notice --source=console | dead lost  | source 'console', gate NOTICE
			--owner=ADA                    | busy dead  | owner 'ADA'
			--owner=u2                     | lost       | owner 'u2'
			--project=p                    | busy dead lost | project 'p'
			--project=at                   |            | project 'at'
			--due-before=2026-12-02        | lost       | due before 2026-12-02
			--due-before=2026-12-01        |            | due before 2026-12-01
			s --rule=IDLE                  | dead lost  | 's', rule IDLE
			lo --owner=u2 --rule=IDLE      | lost       | 'lo', rule IDLE, owner 'u2'
			""";

	private final Register register;

	OutputFormatTests(@TempDir Path directory) {
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-05-01T00:00:00Z")
			.key("lost", "2025-12-01", "2026-08-27T00:00:00Z")
			.key("busy", "2026-10-01", "2026-10-31T00:00:00Z");
	}

	/** One run is enough for all of them. */
	@Test
	void keysAreFoundByWhatIsWrongWithThemWhoseTheyAreAndWhatHoldsThem() {
		firstRun();
		SEARCHES.lines()
			.map((line) -> line.strip().split(" *[|] *", -1))
			.forEach((line) -> found(line[0], line[1], line[2]));
	}

	private void found(String options, String keys, String words) {
		List<String> expected = keys.isEmpty() ? List.of() : List.of(keys.split(" "));
		String[] find = ("find " + options).split(" ");
		assertThat(this.register.execute(find)).as(options + this.register.err()).isZero();
		assertThat(this.register.out()).contains(" with " + words + " in the inventory of run 2026-11-01");
		assertThat(this.register.out().lines().filter((line) -> line.startsWith("console/"))).as(options)
			.extracting((line) -> line.split("[/ ]")[1])
			.containsExactlyElementsOf(expected);
		find[0] = "--format=json";
		assertThat(this.register.execute(with("find", find))).isZero();
		JsonNode document = JsonMapper.shared().readTree(this.register.out());
		assertThat(document.get("keys").findValuesAsString("key_id")).as(options).isEqualTo(expected);
		assertThat(document.get("more").asBoolean()).isFalse();
	}

	@Test
	void asCsvNoNameBecomesAFormula() throws IOException {
		firstRun();
		assertThat(this.register.execute("find", "s", "--rule=IDLE", "--format=csv", "--limit=1")).isZero();
		List<CsvRecord> records = records();
		assertThat(records.get(0).getFields()).startsWith("source", "key_id", "name");
		assertThat(records).hasSize(2);
		assertThat(records.get(1).getFields()).startsWith("console", "dead", "'=cmd|x");
		int exemptedBy = records.get(0).getFields().indexOf("exempted_by");
		assertThat(records.get(1).getField(exemptedBy)).isEmpty();
	}

	@Test
	void anUnknownRuleIsRefusedWithThoseThatThereAre() {
		firstRun();
		assertThat(this.register.execute("find", "--rule=IDEL")).isEqualTo(2);
		assertThat(this.register.err())
			.contains("--rule: 'IDEL' is not allowed; allowed: AGED, IDLE, ORPHANED, UNNAMED", "Did you mean 'IDLE'?")
			.hasLineCount(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					find --source=consol | --source: run 2026-11-02 has no source 'consol'; it has: console. Did you mean 'console'?
					find --owner=        | --owner: '' is not allowed; give an id or a name, or leave the option out
					find x --project=    | --project: '' is not allowed; give an id or a name, or leave the option out
					runs --diff 2026-11-02 2026-11-01 | --diff: run 2026-11-02 is the later one; write --diff 2026-11-01 2026-11-02
					""")
	void whatLooksLikeNothingIsRefusedWithWhatThereIs(String command, String line) {
		firstRun();
		run("2026-11-02");
		assertThat(this.register.execute(command.split(" "))).isEqualTo(2);
		assertThat(this.register.err()).contains(line).hasLineCount(1);
	}

	@Test
	void runsAreListedForPrograms() throws IOException {
		firstRun();
		assertThat(this.register.execute("runs", "--format=json")).isZero();
		JsonNode run = JsonMapper.shared().readTree(this.register.out()).get("runs").get(0);
		assertThat(run.get("run_key").asString()).isEqualTo("2026-11-01");
		assertThat(run.get("flagged").asInt()).isEqualTo(3);
		assertThat(run.get("held").asInt()).isEqualTo(2);
		assertThat(this.register.execute("runs", "--format=csv")).isZero();
		assertThat(records().get(1).getFields()).startsWith("2026-11-01", "2026-11-01T00:00:00Z", "REPORT", "COMPLETE");
	}

	@Test
	void twoRunsAreComparedHoweverManyLieBetween() throws IOException {
		firstRun();
		this.register.keys()
			.sql("UPDATE api_key SET last_used_at = '2026-11-01T12:00Z', name = 'night export' WHERE id = 'busy'")
			.update();
		run("2026-11-02");
		this.register.keys().sql("UPDATE api_key SET last_used_at = '2026-11-02T12:00Z' WHERE id = 'dead'").update();
		this.register.keys().sql("DELETE FROM api_key WHERE id = 'lost'").update();
		this.register.key("new", "2026-11-02", null);
		run("2026-11-03");
		assertThat(this.register.execute("runs", "--diff", "2026-11-01", "2026-11-03")).as(this.register.err())
			.isZero();
		assertThat(this.register.out()).containsSubsequence(
				"From run 2026-11-01, as of 2026-11-01 00:00 UTC, to run 2026-11-03", "       3  finding ended",
				"       1  key appeared", "       1  key gone", "       1  name",
				"finding ended    console/busy  \"night export\"  UNNAMED WARN -> -",
				"finding ended    console/dead  \"=cmd|x\"  IDLE VIOLATION -> -", "finding ended    console/lost",
				"key appeared     console/new  \"service new\"  - -> ACTIVE", "key gone         console/lost",
				"name             console/busy  \"night export\"  x -> night export");
		assertThat(this.register.execute("runs", "--diff", "2026-11-01", "2026-11-03", "--format=json")).isZero();
		assertThat(JsonMapper.shared().readTree(this.register.out()).get("differences").findValuesAsString("change"))
			.containsExactly("FINDING_ENDED", "FINDING_ENDED", "FINDING_ENDED", "KEY_APPEARED", "KEY_GONE", "NAME");
		this.register.governance().sql("UPDATE keysteward.run_source SET source = 'other' WHERE run_id = 3").update();
		assertThat(this.register.execute("runs", "--diff", "2026-11-01", "2026-11-03")).isZero();
		assertThat(this.register.out()).contains("nothing differs.\n",
				"Run 2026-11-01 has not read source other: it is not compared.\n",
				"Run 2026-11-03 has not read source console: it is not compared.\n");
		this.register.governance().sql("UPDATE keysteward.run_source SET source = 'console' WHERE run_id = 3").update();
		assertThat(this.register.execute("runs", "--diff", "2026-11-03", "2026-11-03")).isZero();
		assertThat(this.register.out()).contains("nothing differs.\n");
	}

	@Test
	void whatIsReadyAndWhatIsNotIsToldToProgramsToo() throws IOException {
		assertThat(this.register.execute("check", "--format=json")).as(this.register.err()).isZero();
		JsonNode check = JsonMapper.shared().readTree(this.register.out());
		assertThat(check.get("ready").asBoolean()).isTrue();
		assertThat(check.get("parts").findValuesAsString("part")).contains("mail", "report directory");
		this.register.set("keysteward.report.directory", "/proc/none");
		assertThat(this.register.execute("check", "--format=csv")).isEqualTo(2);
		assertThat(records())
			.anyMatch((record) -> record.getField(0).equals("report directory") && record.getField(1).equals("FAIL"));
	}

	@Test
	void definitionsAreListedForPrograms() {
		assertThat(this.register.execute("sources", "--format=json")).isZero();
		assertThat(JsonMapper.shared().readTree(this.register.out()).get("sources").findValuesAsString("definition"))
			.contains("gitlab");
	}

	@Test
	void aTestMailGoesWhereItIsAskedForAndOnlyIfAllIsWell() throws IOException {
		try (SmtpStub server = new SmtpStub(null)) {
			this.register.set("spring.mail.host", "localhost")
				.set("spring.mail.port", String.valueOf(server.port()))
				.set("spring.mail.properties[mail.smtp.starttls.required]", "false")
				.set("keysteward.mail.from", "keys@example.com")
				.set("keysteward.mail.to", "board@example.com")
				.set("keysteward.mail.environment", "prod");
			assertThat(this.register.execute("check", "--send-test-mail=me@example.com")).as(this.register.out())
				.isZero();
			assertThat(this.register.out())
				.contains("ok    test mail                    the mail server has taken it for me@example.com");
			assertThat(server.messages()).singleElement()
				.asString()
				.contains("To: me@example.com", "Subject: [prod] Keysteward: a test, and mail arrives",
						"Auto-Submitted: auto-generated", "Nothing is wrong with any key of yours");
			server.answering("RCPT TO:<gone@example.com>", "550 5.1.1 no such user");
			assertThat(this.register.execute("check", "--send-test-mail=gone@example.com")).isNotZero();
			assertThat(this.register.out()).contains("FAIL  test mail", "550 5.1.1 no such user", "Not ready.");
			this.register.set("keysteward.mail.allowed-domains", "example.com");
			assertThat(this.register.execute("check", "--send-test-mail=me@elsewhere.org")).isEqualTo(2);
			assertThat(this.register.out())
				.contains("--send-test-mail: \"me@elsewhere.org\" is not in keysteward.mail.allowed-domains");
			assertThat(this.register.execute("check", "--send-test-mail=me\u0000")).isEqualTo(2);
			assertThat(server.messages()).hasSize(1);
		}
	}

	private static String[] with(String command, String[] others) {
		String[] all = new String[others.length + 1];
		all[0] = command;
		System.arraycopy(others, 0, all, 1, others.length);
		return all;
	}

	private List<CsvRecord> records() throws IOException {
		try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(new StringReader(this.register.out()))) {
			return csv.stream().toList();
		}
	}

	/** The same for most. */
	private void firstRun() {
		RunHistory.of(this.register, "2026-11-01", () -> run("2026-11-01"));
	}

	private void run(String day) {
		this.register.keys().sql("UPDATE api_key SET name = 'x' WHERE id = 'busy' AND name = 'service busy'").update();
		this.register.keys().sql("UPDATE api_key SET name = '=cmd|x' WHERE id = 'dead'").update();
		assertThat(this.register.execute("run", "--as-of=" + day)).as(this.register.err()).isZero();
		this.register.governance()
			.sql("UPDATE keysteward.key_snapshot SET owner_id = 'u2', owner_name = 'Bob', owner_email = NULL WHERE key_id = 'lost'")
			.update();
		this.register.governance()
			.sql("UPDATE keysteward.key_action SET due_at = '2026-12-01 02:00Z' WHERE key_id = 'lost'")
			.update();
	}

}
