package io.keysteward.report;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.WholeDays;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.report}.
 *
 * @param directory where reports are written
 * @param maxInventoryRows above so many keys the workbook has no list of all keys
 * @param inventoryCsv whether that list is a CSV file beside the workbook then
 * @param maxSheetRows rows of a sheet, its heading among them, before it rolls over; as
 * shipped Excel's own limit
 * @param keep how long a report is kept, or {@code never} is one removed
 * @param formats in which formats every run is reported
 */
public record ReportSettings(@DefaultValue("reports") String directory, @DefaultValue("500000") int maxInventoryRows,
		@DefaultValue("false") boolean inventoryCsv, @DefaultValue("1048576") int maxSheetRows,
		@DefaultValue("400d") String keep, @DefaultValue("workbook") List<String> formats) {

	/** More rows no sheet has. */
	private static final int EXCEL_ROWS = 1_048_576;

	private static final String NEVER = "never";

	public ReportSettings {
		if (!names(directory)) {
			throw Failure.configuration("keysteward.report.directory: '" + SafeText.visible(directory)
					+ "' is not allowed; name a directory, such as reports, or leave the property out");
		}
		if (!keep.equals(NEVER)) {
			parse(keep);
		}
		if (maxInventoryRows < 0) {
			throw Failure.configuration(
					"keysteward.report.max-inventory-rows: '" + maxInventoryRows + "' is not allowed; write 0 or more");
		}
		if (maxSheetRows < 2 || maxSheetRows > EXCEL_ROWS) {
			throw Failure.configuration("keysteward.report.max-sheet-rows: '" + maxSheetRows
					+ "' is not allowed; write 2 to " + EXCEL_ROWS);
		}
	}

	/**
	 * An empty name, such as a variable without a value has, would be the working
	 * directory.
	 */
	private static boolean names(String directory) {
		try {
			return !Path.of(directory).toString().isBlank();
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	/**
	 * {@return how long a report is kept; null: for ever}
	 */
	@Nullable Duration kept() {
		return this.keep.equals(NEVER) ? null : parse(this.keep);
	}

	private static Duration parse(String keep) {
		return WholeDays.parse(keep, 1)
			.orElseThrow(() -> Failure.configuration("keysteward.report.keep: '" + SafeText.visible(keep)
					+ "' is not allowed; write whole days from 1d to " + WholeDays.MOST
					+ "d, such as 400d, or never, to remove none"));
	}

}
