package io.keysteward.report.workbook;

/**
 * One sheet of the workbook, with its continuation sheets.
 */
interface Sheet {

	/**
	 * Adds the sheet after existing ones; a table's rows are read when the file is
	 * written.
	 * @param report the target and the content
	 */
	void add(SheetContext report);

}
