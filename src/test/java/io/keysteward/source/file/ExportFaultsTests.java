package io.keysteward.source.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.landing.LandedDefinitionReader;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STCellType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault of a file is one line, and none of its rows is read.
 */
class ExportFaultsTests {

	private static final String YAML = """
			title: Test
			rows:
			  keys:
			    columns: [id, name, used]
			usage: { recorded: full }
			""";

	private static final String SELECT = "SELECT id AS key_id, name, used::timestamptz AS last_used_at FROM keys";

	private static final String HEADER = "id,name,used\n";

	private final TestExport export = TestExport.create(YAML, SELECT);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					id,name,last use¶a,b,¶             | has no header 'used'; it has 'id', 'last use', 'name'
					id,name,Used¶a,b,¶                 | has no header 'used'; did you mean 'Used'? it has 'Used', 'id', 'name'
					id,name¶a,b¶                       | has no header 'used'; it has 'id', 'name'
					id,name,used,name¶a,b,,c¶          | has the header 'name' twice, so it is unknown which is meant; export it with each header once
					<html><body>Login¶</body></html>¶  | has no header 'id'; it has '<html><body>Login'
					¶¶                                 | has no header 'id'; its first row is blank
					id,name,used¶a,b¶                  | line 2: has more or fewer fields than the header; export it again
					id,name,used¶a,b,,d¶               | line 2: has more or fewer fields than the header; export it again
					id,name,used¶a,b,¶"c,d,¶e,f,¶      | line 3: a quote is never closed, so everything after it would be one field; export it again
					id,name,used¶a,b,"2026-10-01¶c,d,¶ | line 2: a quote is never closed, so everything after it would be one field; export it again
					id,name,used¶a,"b"x,¶              | line 2: a quoted field continues after its closing quote; export it again
					""")
	void aTextThatIsNotAsItMustBe(String text, String expected) {
		assertThat(csv(text.replace('¶', '\n'))).isEqualTo("CONFIGURATION keys.csv: " + expected);
	}

	@Test
	void aQuoteMayHoldLinesAndDelimiters() {
		this.export.put("keys.csv", HEADER + "a,\"x\ny, \"\"z\"\"\",\n\n b ,5\" pipe,2026-10-01Z\n");
		List<KeyRecord> keys = TestExport.keys(this.export.file("keys.csv"));
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("a", "b");
		assertThat(keys).extracting(KeyRecord::name).containsExactly("x\ny, \"z\"", "5\" pipe");
	}

	@Test
	void aFieldOfTenMegabytes() {
		String large = "x".repeat(10_000_001);
		assertThat(csv(HEADER + "a," + large + ",\n")).isEqualTo(
				"CONFIGURATION keys.csv: line 2 has a field of more than 10 MB, too large for a key's record; check"
						+ " whether it is the right file");
		assertThat(csv(HEADER + "a," + large.repeat(2) + ",\n")).contains("line 2 has a field of more than 10 MB");
		assertThat(json("[{\"id\": \"a\", \"name\": \"" + large + "\", \"used\": null}]")).isEqualTo(
				"CONFIGURATION keys.json: has a field of more than 10 MB, or is nested more than 100 deep, too large"
						+ " for a key's record; check whether it is the right file");
	}

	@Test
	void anEncodingThatIsNotKnown() {
		this.export.put("keys.csv", HEADER + "a,Zoë,\n", Charset.forName("windows-1252"));
		assertThat(this.export.failure(this.export.file("keys.csv")))
			.isEqualTo("CONFIGURATION keys.csv: is not UTF-8; save it as UTF-8, or write its encoding as"
					+ " keysteward.sources[0].files.encoding, such as GB18030 or windows-1252");
		String path = this.export.exports().resolve("keys.csv").toString();
		assertThat(TestExport.keys(this.export.load(path, null, "windows-1252"))).extracting(KeyRecord::name)
			.containsExactly("Zoë");
		assertThat(this.export.failure(() -> this.export.load(path, null, "klingon"))).isEqualTo(
				"CONFIGURATION keysteward.sources[0].files.encoding 'klingon' is not known; write one such as UTF-8,"
						+ " UTF-16LE, GB18030 or windows-1252");
		assertThat(this.export.failure(this.export.load(path, null, "UTF-8"))).isEqualTo(
				"CONFIGURATION keys.csv: has characters that are invalid in its encoding (UTF-8); save it as UTF-8");
	}

	@Test
	void anEmptyFileAndOneWithAHeaderOnly() {
		assertThat(csv(""))
			.isEqualTo("RETRY keys.csv: is empty, without even a header; export it again, then start the run again");
		this.export.put("keys.csv", HEADER);
		assertThat(TestExport.keys(this.export.file("keys.csv"))).isEmpty();
		this.export.put("keys.csv", "id,name,used");
		assertThat(TestExport.keys(this.export.file("keys.csv"))).isEmpty();
	}

	@Test
	void aFileThatIsTooOldOrTooYoung() {
		this.export.put("keys.csv", HEADER + "a,b,\n").changed("keys.csv", Instant.now().minus(Duration.ofHours(37)));
		KeySource source = this.export.newest("*.csv");
		assertThat(this.export.failure(source))
			.matches("RETRY keys.csv: is of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d.*, and"
					+ " keysteward.sources\\[0].files.not-older-than allows 36 hours; put a new export there, then"
					+ " start the" + " run again");
		assertThat(this.export.failure(source::probe)).startsWith("RETRY keys.csv: is of ");
		this.export.changed("keys.csv", Instant.now().minusSeconds(30));
		assertThat(this.export.failure(source)).isEqualTo(
				"RETRY keys.csv: was changed less than a minute ago, and may be incomplete; start the run again in a"
						+ " minute");
		this.export.changed("keys.csv", Instant.now().plus(Duration.ofHours(1)));
		assertThat(this.export.failure(source))
			.matches("CONFIGURATION keys.csv: was changed at .*, which is in the future; correct the clock of this"
					+ " machine, or of the one that wrote the file");
	}

	@Test
	void aFileThatGrowsWhileItIsRead() throws IOException {
		this.export.put("keys.csv", HEADER + "a,b,\n");
		Path file = this.export.exports().resolve("keys.csv");
		ExportPlace place = ExportPlace.of("files", settings(file.toString(), null), Clock.systemUTC());
		Table table = new LandedDefinitionReader(this.export.config()).load("definition", "x").tables().get(0);
		try (LandedReading reading = new ExportSystem(place, "files.encoding", null, Clock.systemUTC()).open();
				RowFeed rows = reading.rows(table, (name, columns) -> List.of())) {
			assertThat(rows.next()).containsExactly("a", "b", null);
			Files.writeString(file, "more,more,\n", StandardOpenOption.APPEND);
			assertThat(this.export.failure(() -> drain(rows)))
				.isEqualTo("RETRY keys.csv: was changed while it was read; start the run again when it is complete");
			Files.delete(file);
			assertThat(this.export.failure(() -> drain(rows)))
				.startsWith("RETRY keys.csv: was changed while it was read");
		}
	}

	private static void drain(RowFeed rows) {
		List<@Nullable String> row = rows.next();
		while (row != null) {
			row = rows.next();
		}
	}

	@Test
	void aPlaceWhereThereIsNone() throws IOException {
		assertThat(this.export.failure(this.export.file("none.csv")))
			.isEqualTo("RETRY keysteward.sources[0].files.path:"
					+ " none.csv does not exist; put the export there, then start the run again");
		assertThat(this.export.failure(this.export.newest("*.csv"))).isEqualTo("RETRY keysteward.sources[0].files.path:"
				+ " exports has no file *.csv; put an export there, then start the run again");
		assertThat(this.export.failure(this.export.load(this.export.exports().toString(), null, null))).isEqualTo(
				"CONFIGURATION keysteward.sources[0].files.path: exports is a folder; add newest-of, such as *.csv");
		this.export.put("keys.csv", HEADER);
		assertThat(this.export
			.failure(this.export.load(this.export.exports().resolve("keys.csv").toString(), "*.csv", null)))
			.isEqualTo("CONFIGURATION keysteward.sources[0].files.path: keys.csv is not a folder; remove newest-of, or"
					+ " name the folder");
		assertThat(this.export.failure(this.export.load("/dev/zero", null, null)))
			.isEqualTo("CONFIGURATION keysteward.sources[0].files.path: /dev/zero is a pipe or a device; name a file");
		assertThat(this.export.failure(this.export.newest("[*.csv"))).isEqualTo("CONFIGURATION"
				+ " keysteward.sources[0].files.newest-of '[*.csv' is not a pattern; write one such as *.csv");
	}

	@Test
	void theNewestIsTakenAndNothingOutsideOfTheFolder() throws IOException {
		this.export.put("b.csv", HEADER + "new,b,\n").put("z.csv", HEADER + "old,b,\n");
		this.export.changed("z.csv", Instant.now().minus(Duration.ofHours(2)));
		this.export.put(".hidden.csv", HEADER + "x,b,\n").changed(".hidden.csv", Instant.now().minusSeconds(600));
		Files.createDirectory(this.export.exports().resolve("folder.csv"));
		assertThat(TestExport.keys(this.export.newest("*.csv"))).extracting((key) -> key.id().id())
			.containsExactly("new");
		Path outside = this.export.config().resolve("outside.csv");
		Files.writeString(outside, HEADER + "secret,b,\n");
		Files.createSymbolicLink(this.export.exports().resolve("link.csv"), outside.toAbsolutePath());
		assertThat(this.export.failure(this.export.newest("*.csv")))
			.isEqualTo("CONFIGURATION link.csv: is a link out of its folder; replace it by the file");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					-  | -     | PT1H  | .path: is required; write a file, or a folder with newest-of
					x  | -     | -     | .not-older-than: is required, such as 36h: an older file fails the source, since keys that it does not show may be in use
					x  | -     | PT0S  | .not-older-than: is required, such as 36h: an older file fails the source, since keys that it does not show may be in use
					x  | ../*  | PT1H  | .newest-of '../*' is not allowed; write a pattern of file names without a folder, such as *.csv
					""")
	void settingsThatAreNotAllowed(@Nullable String path, @Nullable String newestOf, @Nullable Duration notOlderThan,
			String expected) {
		assertThat(this.export
			.failure(() -> this.export.load(new SourceSettings.Files(path, newestOf, notOlderThan, null))))
			.isEqualTo("CONFIGURATION keysteward.sources[0].files" + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					format: cvs, columns: [id]            | .format 'cvs' is not known; did you mean 'csv'? Left out it may be csv, tsv or xlsx
					format: csv                           | .columns: is required; name the headers, or the fields, that select.sql needs
					get: /x, columns: [id]                | .get: is not allowed for a file; remove it, or write http or a datasource instead of files
					sql: x.sql                            | .sql: is not allowed for a file; remove it, or write http or a datasource instead of files
					format: csv, sheet: x, columns: [id]  | .sheet: only an XLSX file has sheets; remove it
					format: csv, at: /x, columns: [id]    | .at: only a json file has it; remove it
					format: json, at: x, columns: [id]    | .at 'x' is not a JSON Pointer; write one such as /data/list
					""")
	void definitionsThatAreNotForFiles(String rows, String expected) {
		TestExport other = TestExport.create("title: x\nusage: { recorded: none }\nrows: { keys: { " + rows + " } }\n",
				"SELECT id AS key_id FROM keys");
		other.put("keys.json", "[]");
		assertThat(other.failure(() -> TestExport.keys(other.file("keys.json"))))
			.isEqualTo("CONFIGURATION config/sources/x/source.yaml: rows.keys" + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					[{"id": "a", "name": null, "used": null}, {"id": "b"   | is cut off in line 1; export it again completely
					[{"id": "a", "name": null, "used": null}               | is cut off in line 1; export it again completely
					{"data": [{"id": "a", "name": null, "used": null}]     | has no list at its beginning; correct config/sources/x/source.yaml: rows.keys.at, or check whether it is the right file
					["a"]                                                  | line 1 is not a row: a row must be an object; check whether it is the right file
					[{"id": secret}]                                       | line 1 is not JSON; check whether it is the right file
					[{"id": "a", "id": "b"}]                               | line 1 has a field twice in one object, so it is unknown which is meant; export it again
					<html>Login</html>                                     | line 1 is not JSON; check whether it is the right file
					""")
	void aDocumentThatIsNotAsItMustBe(String text, String expected) {
		assertThat(json(text)).isEqualTo("CONFIGURATION keys.json: " + expected);
	}

	@Test
	void aFieldThatNoObjectHas() {
		assertThat(json("[{\"id\": \"a\", \"name\": null, \"lastUsed\": null}]")).isEqualTo(
				"CONFIGURATION config/sources/x/source.yaml: rows.keys.columns.used: none of 1 row has used; correct"
						+ " it, or list the column under optional if every row may lack it");
	}

	@Test
	void documentsAndLinesOfObjects() {
		TestExport documents = TestExport.create(
				"""
						title: Test
						rows:
						  keys: { format: json, at: /data/list, columns: { id: /id, name: /user/name, used: /used, tags: /tags } }
						usage: { recorded: full }
						""",
				"SELECT id AS key_id, name, used::timestamptz AS last_used_at, tags AS kind FROM keys");
		documents.put("keys.json",
				"""
						{"page": {"list": [1]}, "data": {"n": 1, "list": [
						  {"id": 12345678901234567890, "user": {"name": "x", "secret": "s"}, "used": "2026-10-01Z", "tags": ["a", {"b": 1}]},
						  {"id": 1.50, "user": {"name": null}, "used": null, "tags": true},
						  {"id": "c", "user": {}, "tags": []}
						]}, "more": {}}
						""");
		List<KeyRecord> keys = TestExport.keys(documents.file("keys.json"));
		assertThat(keys).extracting((key) -> key.id().id())
			.containsExactlyInAnyOrder("12345678901234567890", "1.50", "c");
		assertThat(keys).extracting(KeyRecord::kind).containsExactlyInAnyOrder("[\"a\",{\"b\":1}]", "true", "[]");
		assertThat(keys).extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.used(Instant.parse("2026-10-01T00:00:00Z")), Usage.NEVER_USED,
					Usage.UNKNOWN);
		TestExport lines = TestExport.create(YAML.replace("columns:", "format: jsonl\n    columns:"), SELECT);
		lines.put("keys.jsonl",
				"{\"id\": \"a\", \"name\": \"x\", \"used\": null}\n\n{\"id\": \"b\", \"name\": null, \"used\":"
						+ " \"\"}\n");
		assertThat(lines.failure(lines.file("keys.jsonl"))).contains("select.sql: invalid input syntax");
		lines.put("keys.jsonl", "{\"id\": \"a\", \"name\": \"x\", \"used\": null}\n\n{\"id\": \"b\"}\n");
		assertThat(TestExport.keys(lines.file("keys.jsonl"))).extracting(KeyRecord::usage)
			.containsExactlyInAnyOrder(Usage.NEVER_USED, Usage.UNKNOWN);
		lines.put("keys.jsonl", "{\"id\": \"a\", \"name\": \"x\", \"used\": null}\n{\"id\": \"b");
		assertThat(lines.failure(lines.file("keys.jsonl")))
			.isEqualTo("CONFIGURATION keys.jsonl: is cut off in line 2; export it again completely");
	}

	@Test
	void anotherFormatThanTheOneThatIsNamed() throws IOException {
		byte[] workbook = OceanBaseExportTests.workbook(HEADER + "a,b,\n", false);
		TestExport csv = TestExport.create(YAML.replace("columns:", "format: csv\n    columns:"), SELECT);
		assertThat(csv.failure(csv.put("keys.xlsx", workbook).file("keys.xlsx"))).isEqualTo(
				"CONFIGURATION keys.xlsx: is an XLSX file, and config/sources/x/source.yaml: rows.keys.format is csv;"
						+ " export it as csv, or leave format out");
		TestExport xlsx = TestExport.create(YAML.replace("columns:", "format: xlsx\n    columns:"), SELECT);
		assertThat(xlsx.failure(xlsx.put("keys.csv", HEADER).file("keys.csv")))
			.startsWith("CONFIGURATION keys.csv: is no XLSX file, and ");
	}

	@Test
	void aWorkbookThatIsNotAsItMustBe() throws IOException, GeneralSecurityException {
		byte[] plain = OceanBaseExportTests.workbook(HEADER + "a,b,\n", false);
		assertThat(xlsx(Arrays.copyOf(plain, plain.length / 2)))
			.isEqualTo("CONFIGURATION keys.xlsx: is not an XLSX file, or is damaged; export it again");
		assertThat(xlsx("PK\3\4 and no more".getBytes(StandardCharsets.ISO_8859_1)))
			.isEqualTo("CONFIGURATION keys.xlsx: is not an XLSX file, or is damaged; export it again");
		assertThat(xlsx(encrypted(plain)))
			.isEqualTo("CONFIGURATION keys.xlsx: is protected by a password; save it without one, or export it as CSV");
		assertThat(xlsx(new byte[] { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0 }))
			.isEqualTo("CONFIGURATION keys.xlsx: has Excel's old format XLS; save it as XLSX or CSV");
		assertThat(xlsx(changed((sheet) -> sheet.addMergedRegion(CellRangeAddress.valueOf("B1:C1"))))).isEqualTo(
				"CONFIGURATION keys.xlsx: the cells B1:C1 of the header are merged, so columns cannot be told apart;"
						+ " unmerge them");
		assertThat(xlsx(changed((sheet) -> sheet.getRow(1).createCell(2).setCellFormula("NOW()")))).isEqualTo(
				"CONFIGURATION keys.xlsx: cell C2 is a formula without a computed value; open the file in Excel and"
						+ " save it");
		assertThat(xlsx(changed((sheet) -> sheet.getRow(1).createCell(2).setCellErrorValue((byte) 42)))).isEqualTo(
				"CONFIGURATION keys.xlsx: cell C2 is an error, not a value; correct it, and export the file again");
		assertThat(xlsx(changed((sheet) -> sheet.getRow(1).createCell(0).setCellValue(1234567890123456789.0))))
			.isEqualTo("CONFIGURATION keys.xlsx: cell A2 is a number of more than 15 digits, which Excel has rounded;"
					+ " export the file with that column as text");
	}

	@ParameterizedTest
	@CsvSource({ "r=\"A2\", r=\"ZZZZZZZ2\"", "r=\"A2\", r=\"2\"", "r=\"A2\", r=\"AAAA2\"", "<row r=\"2\", <row r=\"x\"",
			"s=\"0\", s=\"x\"" })
	void aSheetWithPlacesThatThereAreNot(String place, String wrong) throws IOException {
		byte[] workbook = changed((sheet) -> sheet.getRow(1).createCell(2).setCellValue(5));
		assertThat(xlsx(rewritten(workbook, place, wrong)))
			.isEqualTo("CONFIGURATION keys.xlsx: is not an XLSX file, or is damaged; export it again");
	}

	@Test
	void aNumberIsNotWrittenOutToAllItsZeros() {
		TestExport json = TestExport.create(YAML.replace("columns:", "format: json\n    columns:"), SELECT);
		json.put("keys.json", "[{\"id\": \"a\", \"name\": 1e20000000, \"used\": null}]");
		assertThat(TestExport.keys(json.file("keys.json"))).extracting(KeyRecord::name).containsExactly("1E+20000000");
	}

	@Test
	void formulasNumbersAndBlanksOfAWorkbook() throws IOException {
		byte[] workbook = changed((sheet) -> {
			sheet.getRow(0).createCell(3).setCellValue("not asked for");
			sheet.getRow(1).createCell(3).setCellErrorValue((byte) 42);
			sheet.getRow(1).createCell(0).setCellValue(42);
			XSSFCell computed = (XSSFCell) sheet.getRow(1).createCell(1);
			computed.setCellFormula("\"a\"&\"b\"");
			computed.getCTCell().setT(STCellType.STR);
			computed.getCTCell().setV("ab");
			sheet.createRow(2).createCell(1).setBlank();
			Row last = sheet.createRow(5);
			last.createCell(0).setCellValue(1.5);
			last.createCell(1).setCellValue(true);
		});
		this.export.put("keys.xlsx", workbook);
		List<KeyRecord> keys = TestExport.keys(this.export.file("keys.xlsx"));
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("42", "1.5");
		assertThat(keys).extracting(KeyRecord::name).containsExactly("ab", "true");
		assertThat(keys).extracting(KeyRecord::usage).containsOnly(Usage.NEVER_USED);
	}

	/** As programs write them. */
	@Test
	void textsThatLookLikeEscapesAndCharactersThatNeedThem() throws IOException {
		this.export.put("keys.xlsx", changed((sheet) -> {
			sheet.getRow(1).createCell(0).setCellValue("_x005F_x0041_");
			((XSSFCell) sheet.getRow(1).createCell(1)).getCTCell().setT(STCellType.STR);
			((XSSFCell) sheet.getRow(1).getCell(1)).getCTCell().setV("two_x000A_lines");
		}));
		List<KeyRecord> keys = TestExport.keys(this.export.file("keys.xlsx"));
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("_x0041_");
		assertThat(keys).extracting(KeyRecord::name).containsExactly("two\nlines");
	}

	@Test
	void aDateThatIsNone() throws IOException {
		assertThat(xlsx(changed((sheet) -> {
			CellStyle date = sheet.getWorkbook().createCellStyle();
			date.setDataFormat((short) 14);
			sheet.getRow(1).createCell(2).setCellValue(20270301);
			sheet.getRow(1).getCell(2).setCellStyle(date);
		}))).isEqualTo("CONFIGURATION keys.xlsx: cell C2 is not a valid time; correct it, and export the file again");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Keys", "Other" })
	void aSheetIsNamed(String name) throws IOException {
		TestExport sheet = TestExport.create(YAML.replace("columns:", "sheet: " + name + "\n    columns:"), SELECT);
		sheet.put("keys.xlsx", OceanBaseExportTests.workbook(HEADER + "a,b,\n", false));
		assertThat(sheet.failure(sheet.file("keys.xlsx"))).isEqualTo(
				name.equals("Keys") ? "no failure" : "CONFIGURATION keys.xlsx: has no sheet 'Other'; it has 'Keys'");
	}

	/** 1e999999999 takes eleven letters, and a gigabyte once it is written out. */
	@Test
	void aNumberIsNotWrittenOutWithoutEnd() throws IOException {
		TestExport numbers = TestExport.create(YAML.replace("columns:", "format: json\n    columns:"), SELECT);
		numbers.put("keys.json", "[{\"id\": 1.50e3, \"name\": 1e999999999, \"used\": null},"
				+ "{\"id\": 1e-999999999, \"name\": [1e999999999], \"used\": null}]");
		List<KeyRecord> keys = TestExport.keys(numbers.file("keys.json"));
		assertThat(keys).extracting((key) -> key.id().id()).containsExactly("1500", "1E-999999999");
		assertThat(keys).extracting(KeyRecord::name).containsExactly("1E+999999999", "[1E+999999999]");
		assertThat(json("[{\"id\": 1e99999999999, \"name\": null, \"used\": null}]")).isEqualTo(
				"CONFIGURATION keys.json: line 1 has a number with an exponent that no number has; see whether it is the right file");
		byte[] workbook = changed((sheet) -> ((XSSFCell) sheet.getRow(1).createCell(0, CellType.NUMERIC)).getCTCell()
			.setV("1E-999999999"));
		this.export.put("keys.xlsx", workbook);
		assertThat(TestExport.keys(this.export.file("keys.xlsx"))).extracting((key) -> key.id().id())
			.containsExactly("1E-999999999");
		assertThat(xlsx(changed((sheet) -> ((XSSFCell) sheet.getRow(1).createCell(0, CellType.NUMERIC)).getCTCell()
			.setV("1".repeat(1001))))).isEqualTo(
					"CONFIGURATION keys.xlsx: cell A2 is no number, though it says so: the file is damaged; export it"
							+ " again");
	}

	private String csv(String text) {
		return this.export.failure(this.export.put("keys.csv", text).file("keys.csv"));
	}

	private static String json(String text) {
		TestExport json = TestExport.create(YAML.replace("columns:", "format: json\n    columns:"), SELECT);
		return json.failure(json.put("keys.json", text).file("keys.json"));
	}

	private String xlsx(byte[] content) {
		return this.export.failure(this.export.put("keys.xlsx", content).file("keys.xlsx"));
	}

	private static SourceSettings.Files settings(String path, @Nullable String newestOf) {
		return new SourceSettings.Files(path, newestOf, Duration.ofHours(36), null);
	}

	private static byte[] changed(Consumer<Sheet> change) throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook(
				new ByteArrayInputStream(OceanBaseExportTests.workbook(HEADER + "a,b,\n", false)));
				ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			change.accept(workbook.getSheetAt(0));
			workbook.write(out);
			return out.toByteArray();
		}
	}

	private static byte[] rewritten(byte[] workbook, String text, String other) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(workbook));
				ZipOutputStream zip = new ZipOutputStream(out)) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				zip.putNextEntry(new ZipEntry(entry.getName()));
				byte[] part = in.readAllBytes();
				zip.write(entry.getName().contains("worksheets/sheet")
						? new String(part, StandardCharsets.UTF_8).replace(text, other).getBytes(StandardCharsets.UTF_8)
						: part);
			}
		}
		return out.toByteArray();
	}

	private static byte[] encrypted(byte[] workbook) throws IOException, GeneralSecurityException {
		try (POIFSFileSystem file = new POIFSFileSystem(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
			encryptor.confirmPassword("secret-word");
			try (OutputStream content = encryptor.getDataStream(file)) {
				content.write(workbook);
			}
			file.writeFilesystem(out);
			return out.toByteArray();
		}
	}

}
