package io.keysteward.xlsx;

import org.apache.poi.ss.util.CellRangeAddress;

/**
 * An area that is shown as one cell.
 *
 * @param reference the area, such as {@code B1:C1}
 * @param firstRow the number of its first row
 * @param lastRow the number of its last row
 */
public record MergedCells(String reference, int firstRow, int lastRow) {

	static MergedCells of(String reference) {
		CellRangeAddress range = CellRangeAddress.valueOf(reference);
		return new MergedCells(reference, range.getFirstRow() + 1, range.getLastRow() + 1);
	}

	/**
	 * {@return whether the area has cells of a row}
	 */
	public boolean touches(int row) {
		return this.firstRow <= row && row <= this.lastRow;
	}

}
