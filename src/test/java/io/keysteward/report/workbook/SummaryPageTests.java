package io.keysteward.report.workbook;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A line of the Summary is as high as its texts need.
 */
class SummaryPageTests {

	private static final int LINE = 16;

	/** Excel's limit, in points. */
	private static final float HIGHEST = 409;

	@Test
	void aTitleThatIsLongerThanItsColumnIsShownWhole() throws IOException {
		assertThat(line("Console", null).getHeightInPoints()).isEqualTo(LINE);
		XSSFRow row = line("OceanBase Cloud API keys, from the console's page, from keys-2026-11-29.csv", null);
		assertThat(row.getCell(1).getCellStyle().getWrapText()).isTrue();
		assertThat(row.getHeightInPoints()).isEqualTo(4 * LINE);
	}

	@Test
	void noLineIsHigherThanASheetAllows() throws IOException {
		assertThat(line("x".repeat(2000), null).getHeightInPoints()).isEqualTo(HIGHEST);
		assertThat(line("Console", "It failed. ".repeat(500)).getHeightInPoints()).isEqualTo(HIGHEST);
	}

	private static XSSFRow line(String title, @Nullable String fault) throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook()) {
			SummaryPage page = new SummaryPage(workbook.createSheet(), new Styles(workbook));
			List<@Nullable Object> values = Arrays.asList("console", title, null, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L,
					"complete", fault);
			page.values(values);
			return page.sheet().getRow(0);
		}
	}

}
