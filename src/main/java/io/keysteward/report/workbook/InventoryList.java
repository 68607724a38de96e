package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.report.ReportFile;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.RunContent;

/**
 * The list of all keys by itself, as CSV: written when somebody asks for it, and no
 * report of a run.
 */
public final class InventoryList implements ReportFormat {

	@Override
	public String word() {
		return "inventory";
	}

	@Override
	public String title() {
		return "list of all keys";
	}

	@Override
	public String ending() {
		return ".csv";
	}

	@Override
	public void write(RunContent content, ReportFile file) throws IOException {
		AllKeysSheet.writeFile(content.inventory(), file.draft());
	}

	@Override
	public void tryOut(Path file) throws IOException {
		Files.createFile(file);
	}

}
