package io.keysteward.report.workbook;

import org.apache.poi.ss.usermodel.CellStyle;

/**
 * Takes the content of a cell: nothing, a number or a text, never a formula or link.
 */
interface CellSink {

	void blank(CellStyle style);

	void number(double value, CellStyle style);

	/**
	 * Takes a text.
	 * @param text text that is safe for a cell
	 * @param style its style
	 */
	void text(String text, CellStyle style);

}
