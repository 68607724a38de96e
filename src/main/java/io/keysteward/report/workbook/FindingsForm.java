package io.keysteward.report.workbook;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.key.KeyId;
import io.keysteward.run.DecisionKind;
import io.keysteward.run.Run;
import io.keysteward.text.UtcDay;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.jspecify.annotations.Nullable;

/**
 * The part of the sheet {@code Findings} that people fill in, and how a program shows the
 * rest.
 */
public final class FindingsForm {

	public static final String SHEET = "Findings";

	public static final String DECISION = "Decision";

	public static final String UNTIL = "Until";

	public static final String NEW_OWNER = "New owner";

	public static final String REASON = "Reason";

	public static final String DECIDED_BY = "Decided by";

	public static final String ROW = "Row";

	private static final int EXAMPLE_DAYS = 30;

	/** How a time of a cell is told: to the second, in UTC. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final String installation;

	private final Run run;

	FindingsForm(String installation, Run run) {
		this.installation = installation;
		this.run = run;
	}

	List<Column<FlaggedKey>> columns() {
		return List.of(answer(DECISION, CellFormat.ANSWER), answer(UNTIL, CellFormat.DAY),
				answer(NEW_OWNER, CellFormat.ANSWER), answer(REASON, CellFormat.LONG_ANSWER),
				answer(DECIDED_BY, CellFormat.ANSWER), new Column<>(ROW, CellFormat.MARK, this::mark));
	}

	private static Column<FlaggedKey> answer(String header, CellFormat format) {
		return new Column<>(header, format, (key) -> null);
	}

	private Object mark(FlaggedKey key) {
		return RowMark.of(this.installation, this.run.key(), new KeyId(key.source(), key.keyId())).toString();
	}

	/**
	 * Protects what a run has found, and offers what people can choose. That is help: the
	 * command {@code decide} checks.
	 */
	void guard(List<XSSFSheet> sheets) {
		for (XSSFSheet sheet : sheets) {
			sheet.protectSheet("");
			sheet.getCTWorksheet().getSheetProtection().unsetPassword();
			sheet.lockAutoFilter(false);
			sheet.lockFormatColumns(false);
			sheet.lockFormatRows(false);
			sheet.setColumnHidden(column(ROW), true);
			DataValidationHelper help = sheet.getDataValidationHelper();
			int last = lastRow(sheet);
			add(sheet, help.createExplicitListConstraint(DecisionKind.words().toArray(String[]::new)), DECISION, last,
					"Choose one, or leave it empty: no answer decides nothing. The command decide takes the workbook.");
			add(sheet,
					help.createDateConstraint(DataValidationConstraint.OperatorType.GREATER_THAN, serial(), null, null),
					UNTIL, last, "The first day without the permission, such as " + exampleDay()
							+ ". Needed for exempt until; keep may have one.");
			add(sheet, help.createTextLengthConstraint(DataValidationConstraint.OperatorType.BETWEEN, "0", "254"),
					NEW_OWNER, last, "The mail address of whoever is written to about the key from now on.");
			add(sheet, help.createTextLengthConstraint(DataValidationConstraint.OperatorType.BETWEEN, "0", "500"),
					REASON, last, "Needed for all but disable. Up to 500 characters.");
			add(sheet, help.createTextLengthConstraint(DataValidationConstraint.OperatorType.BETWEEN, "0", "200"),
					DECIDED_BY, last, "Who decides this, such as a mail address.");
		}
	}

	private static int lastRow(XSSFSheet sheet) {
		return sheet.getTables().stream().mapToInt(XSSFTable::getEndRowIndex).findFirst().orElse(1);
	}

	private static void add(XSSFSheet sheet, DataValidationConstraint constraint, String header, int lastRow,
			String prompt) {
		CellRangeAddressList cells = new CellRangeAddressList(1, lastRow, column(header), column(header));
		DataValidation validation = sheet.getDataValidationHelper().createValidation(constraint, cells);
		validation.setShowErrorBox(true);
		validation.setEmptyCellAllowed(true);
		validation.createErrorBox(header, prompt);
		validation.createPromptBox(header, prompt);
		validation.setShowPromptBox(true);
		sheet.addValidationData(validation);
	}

	private String serial() {
		return String.valueOf((long) DateUtil.getExcelDate(UtcDay.day(this.run.asOf())));
	}

	private String exampleDay() {
		return UtcDay.day(this.run.asOf()).plusDays(EXAMPLE_DAYS).toString();
	}

	private static int column(String header) {
		List<String> answers = List.of(DECISION, UNTIL, NEW_OWNER, REASON, DECIDED_BY, ROW);
		return FindingsSheet.EVIDENCE.size() + answers.indexOf(header);
	}

	/**
	 * {@return the headers of what a run has found, in order}
	 */
	public static List<String> evidence() {
		return FindingsSheet.EVIDENCE.stream().map(Column::header).toList();
	}

	/**
	 * {@return what the cells of a key's evidence hold, in the order of the headers:
	 * times as text to the second, in UTC; an empty text for an empty cell}
	 */
	public static List<String> texts(FlaggedKey key) {
		return FindingsSheet.EVIDENCE.stream().map((column) -> text(column.value().get(key))).toList();
	}

	private static String text(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof Instant instant && Cells.isDate(instant)) {
			return TIME.format(instant);
		}
		return (value instanceof Number number) ? new BigDecimal(number.toString()).toPlainString()
				: CellText.shown((value instanceof Instant instant) ? Cells.text(instant) : value.toString());
	}

}
