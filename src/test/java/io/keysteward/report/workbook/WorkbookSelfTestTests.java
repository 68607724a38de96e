package io.keysteward.report.workbook;

import java.nio.file.Path;

import io.keysteward.TestSettings;
import io.keysteward.report.ReportDirectory;
import io.keysteward.report.ReportSettings;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WorkbookSelfTestTests {

	@Test
	void theTrialIsAWorkbookWithAChartAndATable(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("trial.xlsx");
		WorkbookSelfTest.write(file);
		try (var workbook = WorkbookFactory.create(file.toFile(), null, true)) {
			assertThat(workbook.getSheet("Summary").getDrawingPatriarch()).isNotNull();
			assertThat(workbook.getSheet("Table").getRow(1).getCell(0).getStringCellValue()).isEqualTo("Keys");
			assertThat(workbook.getSheet("Table").getRow(1).getCell(1).getNumericCellValue()).isZero();
		}
	}

	@Test
	void whoTriesWhetherAWorkbookCanBeWrittenLeavesNothingBehind(@TempDir Path directory) {
		ReportDirectory.requireReport(directory.resolve("not/there/yet"),
				new Workbook(TestSettings.of(ReportSettings.class)));
		assertThat(directory).isEmptyDirectory();
	}

}
