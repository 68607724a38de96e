package io.keysteward.report.workbook;

import java.util.EnumMap;
import java.util.Map;

import io.keysteward.insight.Standing;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The styles of a workbook, each made once.
 */
final class Styles {

	private static final String DATE_FORMAT = "yyyy-mm-dd hh:mm";

	private static final String DAY_FORMAT = "yyyy-mm-dd";

	private final XSSFWorkbook workbook;

	private final CellStyle header;

	private final Map<CellFormat, CellStyle> plain = new EnumMap<>(CellFormat.class);

	private final Map<CellFormat, CellStyle> quoted = new EnumMap<>(CellFormat.class);

	private final CellStyle violation;

	private final CellStyle warning;

	private final CellStyle exempt;

	Styles(XSSFWorkbook workbook) {
		this.workbook = workbook;
		this.header = headerStyle();
		for (CellFormat content : CellFormat.values()) {
			this.plain.put(content, body(content));
			CellStyle style = body(content);
			style.setQuotePrefixed(true);
			this.quoted.put(content, style);
		}
		this.violation = level(Palette.VIOLATION, Palette.VIOLATION_TINT, true);
		this.warning = level(Palette.WARNING_TEXT, Palette.WARNING_TINT, false);
		this.exempt = level(Palette.MUTED, Palette.MUTED_TINT, false);
	}

	CellStyle header() {
		return this.header;
	}

	/**
	 * {@return the style for no value or a value other than text}
	 */
	CellStyle plain(CellFormat content) {
		return this.plain.getOrDefault(content, this.header);
	}

	/**
	 * {@return the style for text; text that looks like a formula gets a style that marks
	 * it as text}
	 */
	CellStyle text(CellFormat content, String text) {
		if (content == CellFormat.LEVEL) {
			// Any other text is not a level, and gets the style of {@code exempt}.
			return switch (Standing.find(text).orElse(Standing.EXEMPT)) {
				case VIOLATION -> this.violation;
				case WARN -> this.warning;
				case EXEMPT -> this.exempt;
			};
		}
		Map<CellFormat, CellStyle> styles = CellText.startsLikeFormula(text) ? this.quoted : this.plain;
		return styles.getOrDefault(content, this.header);
	}

	private CellStyle headerStyle() {
		XSSFCellStyle style = this.workbook.createCellStyle();
		style.setFont(font(Palette.WHITE, true, 11));
		fill(style, Palette.INK);
		style.setWrapText(true);
		style.setVerticalAlignment(VerticalAlignment.CENTER);
		return style;
	}

	private XSSFCellStyle body(CellFormat content) {
		XSSFCellStyle style = this.workbook.createCellStyle();
		if (content.isAnswer()) {
			fill(style, Palette.ANSWER_TINT);
		}
		style.setVerticalAlignment(VerticalAlignment.TOP);
		style.setWrapText(content.wraps());
		line(style);
		style.setLocked(!content.isAnswer());
		switch (content) {
			case DAY -> {
				style.setDataFormat(this.workbook.createDataFormat().getFormat(DAY_FORMAT));
				style.setAlignment(HorizontalAlignment.LEFT);
			}
			case DATE -> {
				style.setDataFormat(this.workbook.createDataFormat().getFormat(DATE_FORMAT));
				style.setAlignment(HorizontalAlignment.LEFT);
			}
			case NUMBER -> {
				style.setDataFormat(this.workbook.createDataFormat().getFormat("#,##0"));
				style.setAlignment(HorizontalAlignment.RIGHT);
				// Otherwise it touches the text of the next column.
				style.setIndention((short) 1);
			}
			default -> style.setDataFormat(this.workbook.createDataFormat().getFormat("@"));
		}
		return style;
	}

	private CellStyle level(String text, String tint, boolean bold) {
		XSSFCellStyle style = body(CellFormat.LEVEL);
		style.setFont(font(text, bold, 11));
		fill(style, tint);
		return style;
	}

	XSSFFont font(String colour, boolean bold, int points) {
		XSSFFont font = this.workbook.createFont();
		font.setColor(Palette.colour(colour));
		font.setBold(bold);
		font.setFontHeightInPoints((short) points);
		return font;
	}

	static void fill(XSSFCellStyle style, String colour) {
		style.setFillForegroundColor(Palette.colour(colour));
		style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
	}

	static void line(XSSFCellStyle style) {
		style.setBorderBottom(BorderStyle.THIN);
		style.setBottomBorderColor(Palette.colour(Palette.LINE));
	}

}
