package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import io.keysteward.report.ReportFile;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.RunContent;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The workbook, the default format.
 */
@Component
@Order(1)
public class Workbook implements ReportFormat {

	/** In their order; a further sheet is one more class and one more entry here. */
	private static final List<Sheet> SHEETS = List.of(new SummarySheet(), new FindingsSheet(), new ActionsSheet(),
			new ChangesSheet(), new ProjectsSheet(), new AllKeysSheet(), new ExemptionsSheet(), new DecisionsSheet(),
			new DataErrorsSheet(), new PolicySheet());

	private final ReportSettings settings;

	public Workbook(ReportSettings settings) {
		this.settings = settings;
	}

	@Override
	public String word() {
		return "workbook";
	}

	@Override
	public String title() {
		return "workbook";
	}

	@Override
	public String ending() {
		return ".xlsx";
	}

	@Override
	public List<String> companionNames(String name) {
		return List.of(InventoryCsv.companion(name));
	}

	@Override
	public void write(RunContent content, ReportFile file) throws IOException, SQLException {
		try (WorkbookBuilder book = new WorkbookBuilder(content.run(), this.settings.maxSheetRows());
				BackgroundTask meanwhile = new BackgroundTask()) {
			KeyList keyList = KeyList.of(content, this.settings);
			if (keyList == KeyList.FILE) {
				AllKeysSheet.startInventoryFile(content, file, meanwhile);
			}
			SheetContext report = new SheetContext(book, content, file.name(), keyList);
			for (Sheet sheet : SHEETS) {
				sheet.add(report);
			}
			book.save(file.draft());
			meanwhile.await();
		}
	}

	@Override
	public void tryOut(Path file) throws IOException {
		WorkbookSelfTest.write(file);
	}

}
