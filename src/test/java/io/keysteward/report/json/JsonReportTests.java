package io.keysteward.report.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestSettings;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.workbook.RunFixtures;
import io.keysteward.report.workbook.SampleRun;
import io.keysteward.report.workbook.WorkbookText;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The JSON report, held against its schema and against the workbook.
 */
class JsonReportTests {

	private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
		.withZone(ZoneOffset.UTC);

	private static final List<String> HOSTILE = List.of("=cmd|' /C calc'!A0", "bell \u0007 rings", "abc\u202Efdp.exe",
			"two\r\nlines\nmore", "\",\"key_id\":\"x", "</script><b>", "x".repeat(40_000), "🗝 鍵 مفتاح",
			"C:\\temp\\new");

	private final RunFixtures stored = new RunFixtures();

	private final Path directory;

	JsonReportTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void aDocumentFitsThePublishedSchema() throws IOException {
		Path file = json(SampleRun.store(this.stored));
		assertThat(ReportSchema.faults(file)).isEmpty();
		assertThat(ReportSchema.faults(Files.readString(file).replace("\"run_key\"", "\"runKey\""))).isNotEmpty();
	}

	/** In the words and the numbers of the workbook, which is read back. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Findings | findings | source key_id name masked_key project project_id owner owner_email created_at last_used idle_days last_denied_at referenced_by findings level reasons first_seen_at next_step next_step_at
					Actions | actions | action source key_id name masked_key project owner held_by closed_gates why due_at warned_at final_notice_at notices idle_days last_used done_at undo
					Changes | changes | change source key_id name project rule level why since
					Projects | projects | source project_id name state keys active idle unnamed orphaned aged never_used oldest_key_at last_used_at names_used_twice limit over_limit
					All keys | keys | source key_id name masked_key project_id project_name project_state owner_id owner_name owner_email owner_state created_at last_used_at usage expires_at status kind last_denied_at referenced_by judgement idle_days findings level exemption
					Exemptions | exemptions | id state covers rules reason approver ticket expires_at protects_keys past_the_threshold_that_day
					Decisions | decisions | number source key_id decision until new_owner reason decided_by state state_since applied_by applied file sha_256_of_the_file run_of_the_file as_of sha_256_of_its_policy flagged_keys_of_that_run undecided_then
					Data errors | data_errors | source key_id name project what_is_wrong
					Policy | policy | part name applies_to value supports
					""")
	void everyTableHasTheRowsAndTheWordsOfItsSheet(String sheet, String table, String fields) throws IOException {
		Run run = SampleRun.store(this.stored);
		Path workbook = this.stored
			.write(TestSettings.of(ReportSettings.class, "max-inventory-rows=100", "max-sheet-rows=100"), run,
					List.of(), this.directory.resolve("report.xlsx"))
			.file();
		List<List<String>> rows = WorkbookText.rows(workbook, sheet);
		List<List<String>> found = ReportSchema.read(json(run))
			.get(table)
			.valueStream()
			.map((row) -> Stream.of(fields.split(" ")).map((field) -> shown(row, field)).toList())
			.toList();
		// What people fill in on the sheet Findings is in no document.
		int form = sheet.equals("Findings") ? 6 : 0;
		assertThat(found).hasSizeGreaterThan(1)
			.isEqualTo(rows.stream().skip(1).map((row) -> row.subList(0, row.size() - form)).toList());
	}

	@Test
	void theSummaryHasTheFiguresAndTheSentencesOfTheSheet() throws IOException {
		Run run = SampleRun.store(this.stored);
		Path workbook = this.stored
			.write(TestSettings.of(ReportSettings.class), run, List.of("A remark."),
					this.directory.resolve("report.xlsx"))
			.file();
		String sheet = WorkbookText.rows(workbook, "Summary")
			.stream()
			.map((row) -> String.join(" | ", row))
			.collect(Collectors.joining("\n"));
		JsonNode document = ReportSchema.read(json(run));
		List<String> sentences = new ArrayList<>();
		strings(document.get("summary"), sentences);
		assertThat(sentences).hasSizeGreaterThan(40)
			.contains("A remark.", "The database 'legacy' does not answer.")
			.filteredOn((sentence) -> !sentence.matches("\\d{4}-.*Z"))
			.allSatisfy((sentence) -> assertThat(sheet).contains(sentence));
		JsonNode totals = document.get("summary").get("control_totals");
		assertThat(sheet).contains("All sources |  |  | %s | %s | %s | %s | %s | %s |".formatted(totals.get("read"),
				totals.get("judged"), totals.get("data_errors"), totals.get("not_governed"), totals.get("not_active"),
				totals.get("flagged")));
		assertThat(document.get("run").get("as_of").asString()).isEqualTo("2026-11-23T02:00:00Z");
	}

	@Test
	void hostileTextIsHarmlessAndLosesNothing() throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		for (int number = 0; number < HOSTILE.size(); number++) {
			this.stored.key(id, "k" + number, "");
			this.stored.name(id, "k" + number, HOSTILE.get(number));
		}
		Path file = json(this.stored.close(id));
		assertThat(ReportSchema.faults(file)).isEmpty();
		assertThat(ReportSchema.read(file).get("keys").valueStream().map((key) -> key.get("name").asString()))
			.containsExactly("=cmd|' /C calc'!A0", "bell \\u0007 rings", "abc\\u202Efdp.exe", "two⏎lines⏎more",
					"\",\"key_id\":\"x", "</script><b>", "x".repeat(40_000), "🗝 鍵 مفتاح", "C:\\temp\\new");
		assertThat(Files.readString(file, StandardCharsets.UTF_8)
			.codePoints()
			.filter((character) -> character != '\n' && Character.isISOControl(character))
			.count()).isZero();
	}

	@Test
	void everyRowHasALineOfItsOwn() throws IOException {
		Path file = json(SampleRun.store(this.stored));
		assertThat(Files.readAllLines(file)).filteredOn((line) -> line.contains("\"judgement\"")).hasSize(8);
	}

	@Test
	void aRunWithoutAnythingIsADocumentToo() throws IOException {
		Path file = json(this.stored.close(this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null)));
		assertThat(ReportSchema.faults(file)).isEmpty();
		assertThat(ReportSchema.read(file).get("keys")).isEmpty();
	}

	@Test
	void totalsThatDoNotFitLeaveNoFileBehind() throws IOException {
		Run run = SampleRun.store(this.stored);
		Totals totals = Objects.requireNonNull(run.totals());
		this.stored.totals(run.id(), new Totals(totals.sources(), totals.findings(), totals.flaggedKeys() + 1,
				totals.newFindings(), totals.worseFindings(), totals.resolvedFindings()));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> json(this.stored.get(run.id())))
			.withMessageContaining("'Findings': flagged keys stored: 4, but flagged keys in the control totals: 5")
			.returns(Failure.Kind.PERSON, Failure::kind);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aSecretThatASourceShowsIsNotInIt() throws IOException {
		String secret = "sk-live-4f9aQ7pLx2Wm8Zk3Vn6Tb1Yc5Rd0Ge";
		Register register = new Register(this.directory).key("dead", "2025-12-01", null)
			.set("keysteward.report.formats", "json");
		register.keys().sql("UPDATE api_key SET masked_key = :secret").param("secret", secret).update();
		assertThat(register.execute("run", "--as-of=2026-11-01")).as(register.err()).isZero();
		Path file = register.reports().resolve("keysteward-2026-11-01.json");
		assertThat(Files.readString(file)).contains("sk-l").doesNotContain(secret.substring(0, 9));
		assertThat(ReportSchema.faults(file)).isEmpty();
	}

	private Path json(Run run) throws IOException {
		Path target = this.directory.resolve("report.json");
		Files.deleteIfExists(target);
		return this.stored.write(new JsonReport(), run, List.of("A remark."), target).file();
	}

	/** As the cell shows it. */
	private static String shown(JsonNode row, String field) {
		if (field.equals("last_used")) {
			return row.get("last_used_at").isNull() ? shown(row, "last_used_text") : shown(row, "last_used_at");
		}
		JsonNode value = row.get(field);
		if (value.isNull()) {
			return "";
		}
		if (value.isArray()) {
			return value.valueStream()
				.map(JsonNode::asString)
				.collect(Collectors.joining(field.equals("reasons") ? " " : ", "));
		}
		if (value.isBoolean()) {
			return value.asBoolean() ? "yes" : "no";
		}
		String text = value.asString();
		return text.matches("\\d{4}-\\d\\d-\\d\\dT.*Z") ? MINUTE.format(Instant.parse(text)) : text;
	}

	private static void strings(JsonNode node, List<String> found) {
		if (node.isString()) {
			found.add(node.asString());
		}
		node.forEach((child) -> strings(child, found));
	}

}
