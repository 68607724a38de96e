package io.keysteward.report.workbook;

/**
 * One sheet of the workbook, and what it goes on with where it rolls over.
 */
interface Sheet {

	/**
	 * Adds the sheet behind those that are there already; a table's rows are asked for
	 * when the file is written.
	 * @param report where to and from what
	 */
	void add(SheetContext report);

}
