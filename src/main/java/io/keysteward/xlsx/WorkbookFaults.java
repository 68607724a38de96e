package io.keysteward.xlsx;

import io.keysteward.text.Failure;
import org.apache.poi.openxml4j.exceptions.ODFNotOfficeXmlFileException;
import org.apache.poi.ss.util.CellReference;

/**
 * The one line for each reason why a workbook cannot be read.
 *
 * @param shown the workbook's name in messages
 * @param advice what to do with a file that cannot be read
 */
record WorkbookFaults(String shown, String advice) {

	private static final String SAVE = "save it as Excel Workbook (.xlsx)";

	/** The number of POI's issue, in the message of an exception that has no type. */
	private static final String STRICT = "57699";

	Failure of(Exception ex) {
		if (ex instanceof Failure failure) {
			return failure;
		}
		if (ex instanceof ODFNotOfficeXmlFileException) {
			return openDocument();
		}
		if (isCausedBy(ex, STRICT)) {
			return problem("is a Strict Open XML Spreadsheet; " + SAVE);
		}
		if (isCausedBy(ex, BoundedStream.TOO_LONG)) {
			return problem("has a text of more than 10 MB, too large for a cell; " + this.advice);
		}
		return isCausedBy(ex, "Zip bomb") ? bomb() : damaged();
	}

	private static boolean isCausedBy(Throwable ex, String message) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (String.valueOf(cause.getMessage()).contains(message)) {
				return true;
			}
		}
		return false;
	}

	Failure damaged() {
		return problem("is not an XLSX file, or is damaged; " + this.advice);
	}

	Failure bomb() {
		return problem("unpacks to far more than a workbook can hold; " + this.advice);
	}

	Failure openDocument() {
		return problem("is an OpenDocument spreadsheet (.ods); " + SAVE);
	}

	Failure oldFormat() {
		return problem("has Excel's old format XLS; " + SAVE);
	}

	Failure encrypted() {
		return problem("is protected by a password; save it without one");
	}

	Failure text(boolean markup) {
		return problem("is " + (markup ? "a web page or another text with tags" : "a text, such as CSV")
				+ ", and no workbook; " + this.advice);
	}

	Failure code(String what) {
		return problem("has " + what + ", which are never needed; remove them, and " + SAVE);
	}

	Failure otherType() {
		return problem("is not a plain workbook, but has macros, or is a template; " + SAVE);
	}

	/** For a cell that contradicts its own file. */
	Failure damagedCell(int row, int column, String problem) {
		return problem("cell " + new CellReference(row - 1, column).formatAsString() + " " + problem
				+ ": the file is damaged; " + this.advice);
	}

	Failure problem(String problem) {
		return Failure.configuration(this.shown + ": " + problem);
	}

}
