package io.keysteward.report;

import org.jspecify.annotations.Nullable;

/**
 * Settings under {@code keysteward.report}.
 *
 * @param directory where workbooks are written; null: {@code reports}
 * @param maxInventoryRows above so many keys the inventory is a CSV file beside the
 * workbook; null: 500 000
 * @param maxSheetRows rows of a sheet before it rolls over; null: Excel's own limit
 */
public record ReportSettings(@Nullable String directory, @Nullable Integer maxInventoryRows,
		@Nullable Integer maxSheetRows) {

}
