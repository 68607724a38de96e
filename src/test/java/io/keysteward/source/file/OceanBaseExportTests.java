package io.keysteward.source.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of OceanBase Cloud's console, saved in all usual formats and encodings.
 */
class OceanBaseExportTests {

	static final String YAML = """
			title: OceanBase Cloud API keys, from the console's page
			rows:
			  records:
			    columns: [Name, ID, API Key, Project, Created At (UTC+8), Last Used (UTC+8)]
			usage: { recorded: full, granularity: 24h }
			""";

	static final String SELECT = """
			SELECT "ID" AS key_id, "Name" AS name, "API Key" AS masked_key, "Project" AS project_id,
			       "Project" AS project_name,
			       ("Created At (UTC+8)" || '+08')::timestamptz AS created_at,
			       (nullif("Last Used (UTC+8)", '-') || '+08')::timestamptz AS last_used_at
			  FROM records
			""";

	static final String CHINESE_YAML = """
			title: OceanBase Cloud API keys, from the console's page
			rows:
			  records:
			    columns: { Name: 名称, ID: ID, API Key: API Key, Project: 项目, Created At (UTC+8): 创建时间 (UTC+8),
			               Last Used (UTC+8): 最近使用时间 (UTC+8) }
			usage: { recorded: full, granularity: 24h }
			""";

	private static final String ENGLISH = "Name,ID,API Key,Project,Created At (UTC+8),Last Used (UTC+8)\n";

	private static final String CHINESE = "名称,ID,API Key,项目,创建时间 (UTC+8),最近使用时间 (UTC+8)\n";

	private static final String ROWS = "app-prod,ak-1,sk-a****wxyz,支付,2026-01-02 03:04:05,2026-10-01 08:00:00\n"
			+ "\"old, quoted\",ak-2,sk-b****wxyz,支付 , 2025-01-02 03:04:05 ,-\n";

	private final TestExport export = TestExport.create(YAML, SELECT);

	private final TestExport chinese = TestExport.create(CHINESE_YAML, SELECT);

	@Test
	void asCsv() {
		requireKeys(this.export.put("keys.csv", ENGLISH + ROWS).file("keys.csv"));
		requireKeys(this.export.put("bom.csv", "\uFEFF" + (ENGLISH + ROWS).replace("\n", "\r\n")).file("bom.csv"));
		requireKeys(this.export.put("keys.csv", ENGLISH + ROWS).newest("*.csv"));
	}

	@Test
	void withSemicolonsAndTabs() {
		String quoted = "\"old, quoted\"";
		requireKeys(this.export
			.put("semicolon.csv", (ENGLISH + ROWS.replace(quoted, "old! quoted")).replace(',', ';').replace('!', ','))
			.file("semicolon.csv"));
		requireKeys(this.export
			.put("keys.tsv", (ENGLISH + ROWS.replace(quoted, "old! quoted")).replace(',', '\t').replace('!', ','))
			.file("keys.tsv"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-8" })
	void inAnyUnicode(String encoding) {
		requireKeys(this.export.put("keys.csv", ENGLISH + ROWS, Charset.forName(encoding)).file("keys.csv"));
		requireKeys(this.chinese.put("keys.csv", CHINESE + ROWS, Charset.forName(encoding)).file("keys.csv"));
	}

	@Test
	void inChinaAHeaderProvesTheEncodingAndElseItIsNamed() {
		Charset gb18030 = Charset.forName("GB18030");
		requireKeys(this.chinese.put("keys.csv", CHINESE + ROWS, gb18030).file("keys.csv"));
		this.export.put("keys.csv", ENGLISH + ROWS, gb18030);
		assertThat(this.export.failure(this.export.file("keys.csv")))
			.isEqualTo("CONFIGURATION keys.csv: is not UTF-8; save it as UTF-8, or write its encoding as"
					+ " keysteward.sources[0].files.encoding, such as GB18030 or windows-1252");
		requireKeys(this.export.load(this.export.exports().resolve("keys.csv").toString(), null, "GB18030"));
	}

	@Test
	void asAWorkbook() throws IOException {
		requireKeys(this.export.put("keys.xlsx", workbook(ENGLISH + ROWS, false)).file("keys.xlsx"));
		requireKeys(this.export.put("dates.xlsx", workbook(ENGLISH + ROWS, true)).file("dates.xlsx"));
		requireKeys(this.chinese.put("keys.xlsx", workbook(CHINESE + ROWS, true)).file("keys.xlsx"));
	}

	@Test
	void theOtherLanguageIsAnotherDefinition() {
		assertThat(this.export.failure(this.export.put("keys.csv", CHINESE + ROWS).file("keys.csv")))
			.startsWith("CONFIGURATION keys.csv: has no header 'Name'; ")
			.contains("'名称'");
	}

	/**
	 * {@return a workbook of the lines}
	 * @param dates whether times are numbers with a format
	 */
	static byte[] workbook(String lines, boolean dates) throws IOException {
		try (Workbook workbook = new XSSFWorkbook(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			CellStyle time = workbook.createCellStyle();
			time.setDataFormat(workbook.createDataFormat().getFormat("yyyy/m/d h:mm"));
			Sheet sheet = workbook.createSheet("Keys");
			for (String line : lines.split("\n")) {
				Row row = sheet.createRow(sheet.getPhysicalNumberOfRows());
				for (String field : line.replace("\"old, quoted\"", "old! quoted").split(",")) {
					Cell cell = row.createCell(Math.max(0, row.getLastCellNum()));
					if (dates && field.strip().matches("\\d{4}-.*")) {
						cell.setCellValue(LocalDateTime.parse(field.strip().replace(' ', 'T')));
						cell.setCellStyle(time);
					}
					else {
						cell.setCellValue(field.replace('!', ','));
					}
				}
			}
			workbook.write(out);
			return out.toByteArray();
		}
	}

	private static void requireKeys(KeySource source) {
		assertThat(source.probe().traits().recordsUse()).isTrue();
		try (KeySnapshot reading = source.open(Set.of())) {
			List<KeyRecord> keys = TestExport.all(reading)
				.stream()
				.sorted(Comparator.comparing((KeyRecord key) -> key.id().id()))
				.toList();
			assertThat(keys).extracting((key) -> key.id().id()).containsExactly("ak-1", "ak-2");
			assertThat(keys).extracting(KeyRecord::name).containsExactly("app-prod", "old, quoted");
			assertThat(keys).extracting((key) -> key.project().id()).containsOnly("支付");
			assertThat(keys).extracting(KeyRecord::createdAt)
				.containsExactly(Instant.parse("2026-01-01T19:04:05Z"), Instant.parse("2025-01-01T19:04:05Z"));
			assertThat(keys).extracting(KeyRecord::usage)
				.containsExactly(Usage.used(Instant.parse("2026-10-01T00:00:00Z")), Usage.NEVER_USED);
			assertThat(keys).extracting(KeyRecord::dataError).containsOnlyNulls();
			assertThat(reading.file()).isNotNull();
			assertThat(reading.snapshotAt()).isBefore(reading.sourceNow());
		}
	}

}
