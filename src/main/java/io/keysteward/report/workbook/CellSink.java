package io.keysteward.report.workbook;

import org.apache.poi.ss.usermodel.CellStyle;

/**
 * Takes the content of a cell in one of the three forms that there are: no formula, no
 * link.
 */
interface CellSink {

	void blank(CellStyle style);

	void number(double value, CellStyle style);

	/**
	 * Takes a text.
	 * @param text already fit for a cell
	 * @param style its style
	 */
	void text(String text, CellStyle style);

}
