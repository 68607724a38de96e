package io.keysteward.report;

import java.nio.file.Path;

import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TrialWorkbookTests {

	private final Path directory;

	TrialWorkbookTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void theTrialIsAWorkbookWithAChartAndATable() throws Exception {
		Path file = this.directory.resolve("trial.xlsx");
		TrialWorkbook.write(file);
		try (Workbook workbook = WorkbookFactory.create(file.toFile(), null, true)) {
			assertThat(workbook.getSheet("Summary").getDrawingPatriarch()).isNotNull();
			assertThat(workbook.getSheet("Table").getRow(1).getCell(0).getStringCellValue()).isEqualTo("Keys");
			assertThat(workbook.getSheet("Table").getRow(1).getCell(1).getNumericCellValue()).isZero();
		}
	}

	@Test
	void whoTriesWhetherAWorkbookCanBeWrittenLeavesNothingBehind() {
		ReportDirectory.requireWorkbook(this.directory.resolve("not/there/yet"));
		assertThat(this.directory).isEmptyDirectory();
	}

}
