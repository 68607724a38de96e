package io.keysteward.disabling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.keysteward.disabling.Nights.Past;
import io.keysteward.metrics.MetricsReceiver;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rehearsal shows the coming nights, and leaves everything as it was. Two nights have
 * passed; they are put back for each test.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RehearsedStateTests {

	private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");

	private static final Instant MORNING = START.plus(Duration.ofHours(31));

	private final Nights nights;

	private final Path directory;

	private final Path to;

	private final SimulatedSource console;

	private final Past twoNights;

	RehearsedStateTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.to = directory.resolve("rehearsed");
		this.nights = new Nights(directory, START);
		this.nights.configure("owners.yaml", "owners: {}\n");
		this.nights.set("keysteward.disable.max-keys", "2").set("keysteward.disable.max-percent", "100");
		this.console = this.nights.source("console", false);
		owner("u1", "Ada", "ada@example.com");
		owner("u2", "=HYPERLINK(\"x\")", "x/.y@example.com");
		key("key-console-0001", "u1", 200);
		key("key-console-0002", "u2", 60);
		key("key-console-0003", "u1", 0);
		run(0);
		use("key-console-0003", 1);
		run(1);
		this.nights.newMails();
		this.twoNights = this.nights.remember();
	}

	@BeforeEach
	void twoNightsHavePassed() {
		this.nights.comesBack(this.twoNights);
	}

	@AfterAll
	void close() throws IOException {
		this.nights.close();
	}

	@Test
	void everyTableAndSequenceIsAsItWasAndNoSourceMailServerOrReceiverIsReached() throws IOException {
		try (MetricsReceiver receiver = new MetricsReceiver(200)) {
			Map<String, String> before = tables();
			String keys = this.console.everything();
			List<String> reports = reports();
			this.nights.set("keysteward.metrics.pushgateway.url", receiver.url());
			this.nights.mailServerAnswers(false);
			this.nights.set("keysteward.sources[0].datasource.url", "jdbc:postgresql://localhost:1/nowhere");
			rehearse(0, "--nights=35");
			assertThat(this.nights.register().out()).startsWith("2 keys would be disabled in the 35 nights from"
					+ " 2026-01-07 to 2026-02-10, the first on 2026-01-20, the most on 2026-01-20 (1).\n");
			assertThat(tables()).isEqualTo(before);
			assertThat(this.console.everything()).isEqualTo(keys);
			assertThat(reports()).isEqualTo(reports);
			assertThat(this.nights.newMails()).isEmpty();
			assertThat(receiver.pushes()).isEmpty();
			assertThat(left()).isEmpty();
		}
	}

	@Test
	void everyMailIsAFileInTheFolderOfItsNightUnderASafeName() throws Exception {
		rehearse(0, "--nights=35");
		try (Stream<Path> files = Files.walk(this.to)) {
			assertThat(files.filter(Files::isRegularFile).map((file) -> this.to.relativize(file).toString()).sorted())
				.containsExactly("forecast.xlsx", "mails/2026-01-13/00001-final-ada@example.com.eml",
						"mails/2026-01-20/00002-disabled-ada@example.com.eml",
						"mails/2026-01-23/00003-warning-x_.y@example.com.eml",
						"mails/2026-01-30/00004-final-x_.y@example.com.eml",
						"mails/2026-02-06/00005-disabled-x_.y@example.com.eml");
		}
		MimeMessage mail = read("mails/2026-01-13/00001-final-ada@example.com.eml");
		assertThat(mail.getRecipients(Message.RecipientType.TO)).extracting(String::valueOf)
			.containsExactly("ada@example.com");
		assertThat(mail.getSubject())
			.isEqualTo("[Keysteward] Last warning: 1 unused API key may be disabled on or after 20 January 2026");
		assertThat(mail.getSentDate()).isEqualTo("2026-01-13T02:00:00.000Z");
	}

	@Test
	void tonightsMailsCanBeReadBeforeAnybodyGetsOneAndAnOldInventorySaysSo() throws Exception {
		assertThat(this.nights.execute(START.plus(Duration.ofDays(7)).plusSeconds(3600), "rehearse", "--nights=1",
				"--to=" + this.to))
			.isZero();
		assertThat(this.nights.register().out()).startsWith("No key would be disabled in the night of 2026-01-13: ")
			.contains("1 mail to owners, a folder for each night: ",
					", THAT IS 6 days AGO: what was used, made or exempted since then is not known here; start a run first.");
		assertThat(read("mails/2026-01-13/00001-final-ada@example.com.eml").getContentType()).contains("multipart");
	}

	@Test
	void aKeyThatSomethingNamesIsForetoldAsHeld() throws IOException {
		this.nights.returnDenied(this.console);
		this.console.change("UPDATE api_key SET referenced_by = 'a pipeline' WHERE id = 'key-console-0001'");
		run(2);
		rehearse(START.plus(Duration.ofHours(55)), 0, "--nights=35");
		assertThat(this.nights.register().out()).startsWith("1 key would be disabled in the 35 nights ");
	}

	@Test
	void theSheetForecastHasAChartAndItsSumsAreThoseOfTheRows() throws IOException {
		rehearse(0, "--nights=40");
		try (InputStream in = Files.newInputStream(this.to.resolve("forecast.xlsx"));
				XSSFWorkbook book = new XSSFWorkbook(in)) {
			assertThat(book.getNumberOfSheets()).isEqualTo(3);
			XSSFSheet forecast = book.getSheet("Forecast");
			assertThat(forecast.getDrawingPatriarch().getCharts()).hasSize(3);
			assertThat(forecast.getRow(2).getCell(0).getStringCellValue()).startsWith("2 keys would be disabled");
			List<List<String>> nights = rows(forecast);
			List<String> sums = nights.get(nights.size() - 1);
			assertThat(sums).startsWith("All nights", "", "5", "1", "2", "2");
			List<List<String>> perNight = nights.stream().filter((row) -> row.get(0).startsWith("2026-")).toList();
			assertThat(perNight).hasSize(40).contains(List.of("2026-01-20", "", "1", "0", "0", "1", "0"));
			List<List<String>> steps = rows(book.getSheet("Nights"));
			assertThat(steps).contains(List.of("2026-01-23", "console", "x/.y@example.com", "1", "0", "0"));
			for (int column = 3; column < 6; column++) {
				int counted = column;
				assertThat(steps.stream().skip(1).mapToLong((row) -> Long.parseLong(row.get(counted))).sum())
					.isEqualTo(Long.parseLong(sums.get(column)));
			}
			assertThat(rows(book.getSheet("Keys"))).anySatisfy((row) -> assertThat(row).containsExactly("console",
					"key-console-0002", "service key-console-0002", "sk-a****9xQ2", "", "=HYPERLINK(\"x\")",
					"x/.y@example.com", "2026-01-23", "2026-01-30", "2026-02-06", "disabled",
					"2026-01-23 warned; 2026-01-30 last warning; 2026-02-06 disabled"));
		}
	}

	@Test
	void whoeverARealRunHasWarnedIsTold() throws IOException {
		for (int night = 2; night < 9; night++) {
			use("key-console-0003", night);
			run(night);
		}
		rehearse(MORNING.plus(Duration.ofDays(7)), 0, "--nights=10");
		try (InputStream in = Files.newInputStream(this.to.resolve("forecast.xlsx"));
				XSSFWorkbook book = new XSSFWorkbook(in)) {
			assertThat(rows(book.getSheet("Nights")))
				.contains(List.of("2026-01-20", "console", "ada@example.com", "0", "0", "1"));
		}
	}

	@Test
	void theDayAfterTheLastNightIsRefusedWhereTonightIsStillToCome() {
		Instant evening = START.plus(Duration.ofDays(2)).minusSeconds(3600);
		rehearse(evening, 2, "--nights=2", "--armed-on=2026-01-09");
		assertThat(this.nights.register().err()).startsWith("keysteward: --armed-on: '2026-01-09' is not one of the"
				+ " nights; write a day from 2026-01-07 to 2026-01-08, or more nights with --nights");
		assertThat(this.to).doesNotExist();
		rehearse(evening, 0, "--nights=2", "--armed-on=2026-01-08");
	}

	@Test
	void whatIsTakenForGrantedIsPrinted() {
		rehearse(0, "--nights=1");
		assertThat(this.nights.register().out()).contains(
				"- A key that was never used stays so; exemptions end on their day; what names a key today goes on naming"
						+ " it; nobody tries a key that is off.\n",
				"- Nobody decides about keys in workbooks: where approval is required, APPROVAL holds what nobody has"
						+ " approved yet.\n");
	}

	@Test
	void aBacklogThatNoNightClearsIsTheVerdict() {
		this.nights.set("keysteward.disable.max-keys", "1");
		key("key-console-0004", "u1", 60);
		use("key-console-0003", 2);
		assertThat(this.nights.execute(START.plus(Duration.ofDays(2)), "run", "--accept-policy-change")).isZero();
		rehearse(START.plus(Duration.ofHours(55)), 0, "--nights=35");
		assertThat(this.nights.register().out()).startsWith(
				"1 key would be disabled in the 35 nights from 2026-01-08 to 2026-02-11, the first on 2026-01-20,"
						+ " the most on 2026-01-20 (1); and on the last night 2 keys are due, more than one night may disable,"
						+ " and so none is; it is so on ")
			.contains("and no night clears it (BREAKER).\n", "BREAKER is closed on ");
	}

	@Test
	void warningsThatNoNightMaySendAreTheVerdict() {
		this.nights.set("keysteward.notices.max-owners", "0");
		rehearse(0, "--accept-policy-change", "--nights=35");
		assertThat(this.nights.register().out()).startsWith("1 key would be disabled")
			.contains("WARNINGS is closed on");
	}

	@Test
	void whoeverHasNotArmedYetSeesItAsIfArmedOnADay() {
		this.nights.set("keysteward.disable.armed", "false").set("keysteward.mail.warn-owners", "false");
		rehearse(0, "--armed-on=2026-02-01", "--nights=35");
		assertThat(this.nights.register().out())
			.startsWith(
					"2 keys would be disabled in the 35 nights from 2026-01-07 to 2026-02-10, the first on 2026-02-01,")
			.contains(
					"- Disabling is armed on 2026-02-01, and each run from then on has --disable"
							+ " (keysteward.disable.armed is not true today).\n",
					"- Owners are warned from the first night on (keysteward.mail.warn-owners is not true today).\n");
	}

	@Test
	void whatAKilledRehearsalHasLeftIsDroppedByTheNext() {
		rehearse(0, "--nights=1");
		String out = this.nights.register().out();
		this.nights.governance().sql("""
				CREATE TABLE keysteward_rehearsal.flyway_schema_history (x int);
				CREATE TABLE keysteward_rehearsal.run (x int);
				CREATE FUNCTION keysteward_rehearsal.actions_of() RETURNS int LANGUAGE sql AS 'SELECT 1';
				ALTER TABLE keysteward_rehearsal.flyway_schema_history OWNER TO keysteward_app;
				ALTER TABLE keysteward_rehearsal.run OWNER TO keysteward_app;
				ALTER FUNCTION keysteward_rehearsal.actions_of() OWNER TO keysteward_app
				""").update();
		assertThat(this.nights.execute(MORNING, "rehearse", "--nights=1", "--to=" + this.directory.resolve("again")))
			.as(this.nights.register().err())
			.isZero();
		assertThat(this.nights.register().out().lines().findFirst()).isEqualTo(out.lines().findFirst());
		assertThat(left()).isEmpty();
	}

	/** But for what is foretold. */
	private Map<String, String> tables() {
		Map<String, String> tables = new TreeMap<>();
		this.nights.governance()
			.sql("""
					SELECT c.relname, query_to_xml(format('SELECT t::text AS t FROM keysteward.%I t ORDER BY t::text', c.relname),
					                               true, false, '')::text AS rows
					FROM pg_class c WHERE c.relnamespace = 'keysteward'::regnamespace AND c.relkind = 'r'
					  AND c.relname NOT IN ('rehearsal', 'rehearsal_step')
					""")
			.query((row) -> {
				tables.put(row.getString("relname"), row.getString("rows"));
			});
		this.nights.governance()
			.sql("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'keysteward' AND sequencename NOT LIKE 'rehearsal%'")
			.query((row) -> {
				tables.put(row.getString("sequencename"), row.getString("last_value"));
			});
		assertThat(tables).containsKeys("run", "key_record_now", "finding_row", "lock_token", "batch_job_instance");
		return tables;
	}

	private List<String> left() {
		return this.nights.governance()
			.sql("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")
			.query(String.class)
			.list();
	}

	private List<String> reports() throws IOException {
		try (Stream<Path> files = Files.walk(this.nights.register().reports())) {
			return files.map(Path::toString).sorted().toList();
		}
	}

	private static List<List<String>> rows(XSSFSheet sheet) {
		return Stream.iterate(0, (number) -> number <= sheet.getLastRowNum(), (number) -> number + 1)
			.map(sheet::getRow)
			.filter((row) -> row != null && row.getLastCellNum() > 0)
			.map((row) -> Stream.iterate(0, (number) -> number < row.getLastCellNum(), (number) -> number + 1)
				.map((number) -> (row.getCell(number) != null)
						? row.getCell(number).toString().replaceFirst("\\.0$", "") : "")
				.toList())
			.toList();
	}

	private MimeMessage read(String file) throws Exception {
		try (InputStream in = Files.newInputStream(this.to.resolve(file))) {
			return new MimeMessage(Session.getInstance(new Properties()), in);
		}
	}

	private void owner(String id, String name, String email) {
		this.console.change("INSERT INTO account (id, name, email, created_at) VALUES (?, ?, ?, ?)", id, name, email,
				START.minus(Duration.ofDays(900)));
	}

	private void key(String id, String owner, int unused) {
		Instant used = START.minus(Duration.ofDays(unused)).minusSeconds(3600);
		this.console.change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', ?, ?, ?)
				""", id, "service " + id, owner, used.minus(Duration.ofDays(100)), used);
	}

	private void use(String id, int night) {
		this.console.change("UPDATE api_key SET last_used_at = ? WHERE id = ?",
				START.plus(Duration.ofDays(night)).minusSeconds(3600), id);
	}

	private void run(int night) {
		assertThat(this.nights.execute(START.plus(Duration.ofDays(night)), "run")).as(this.nights.register().err())
			.isZero();
	}

	private void rehearse(int exit, String... options) {
		rehearse(MORNING, exit, options);
	}

	private void rehearse(Instant now, int exit, String... options) {
		String[] command = Stream.concat(Stream.of("rehearse", "--to=" + this.to), Stream.of(options))
			.toArray(String[]::new);
		assertThat(this.nights.execute(now, command)).as(this.nights.register().err()).isEqualTo(exit);
	}

}
