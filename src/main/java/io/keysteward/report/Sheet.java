package io.keysteward.report;

import java.io.IOException;
import java.sql.SQLException;

/**
 * One sheet of the workbook, and what it goes on with where it rolls over.
 */
interface Sheet {

	/**
	 * Writes the sheet behind those that are written already.
	 * @param report where to and from what
	 */
	void write(Report report) throws IOException, SQLException;

}
