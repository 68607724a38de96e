package io.keysteward.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.CellReference;

/**
 * Writes the rows of a sheet as XML bytes, without an object for each of a million cells.
 */
final class RowXml implements CellSink {

	private static final int FULL = 1 << 16;

	/** More bytes than a cell takes besides its text, or a row besides its cells. */
	private static final int FRAME = 128;

	/** The longest escape of one byte. */
	private static final int ESCAPE = 5;

	/** Below it a double represents every whole number. */
	private static final double EXACT = 1L << 53;

	private static final byte[] ROW = ascii("<row r=\"");

	private static final byte[] HEIGHT = ascii("\" customHeight=\"1\" ht=\"");

	private static final byte[] ROW_END = ascii("</row>");

	private static final byte[] STYLE = ascii("\" s=\"");

	private static final byte[] OPEN_END = ascii("\">");

	private static final byte[] BLANK = ascii("\"/>");

	private static final byte[] NUMBER = ascii("\"><v>");

	private static final byte[] NUMBER_END = ascii("</v></c>");

	private static final byte[] TEXT = ascii("\" t=\"inlineStr\"><is><t>");

	private static final byte[] SPACED_TEXT = ascii("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");

	private static final byte[] TEXT_END = ascii("</t></is></c>");

	private static final byte[] LESS = ascii("&lt;");

	private static final byte[] GREATER = ascii("&gt;");

	private static final byte[] AMPERSAND = ascii("&amp;");

	/** The digits of styles and most numbers. */
	private static final byte[][] SMALL = IntStream.range(0, 1000)
		.mapToObj((number) -> ascii(Integer.toString(number)))
		.toArray(byte[][]::new);

	private final OutputStream out;

	/** The first bytes of each column's cells. */
	private final byte[][] columns;

	private byte[] bytes = new byte[FULL + FULL / 2];

	private int end;

	private byte[] row = {};

	private int column;

	RowXml(OutputStream out, int columns) {
		this.out = out;
		this.columns = new byte[columns][];
		for (int at = 0; at < columns; at++) {
			this.columns[at] = ascii("<c r=\"" + CellReference.convertNumToColString(at));
		}
	}

	/**
	 * Begins a row.
	 * @param number counted from 1
	 * @param points its height; 0: the sheet's height
	 */
	void row(int number, int points) {
		this.row = digits(number);
		this.column = 0;
		room(FRAME);
		put(ROW);
		put(this.row);
		if (points > 0) {
			put(HEIGHT);
			put(digits(points));
		}
		put(OPEN_END);
	}

	@Override
	public void blank(CellStyle style) {
		cell(style, 0);
		put(BLANK);
	}

	@Override
	public void number(double value, CellStyle style) {
		cell(style, 0);
		put(NUMBER);
		boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
		put(whole ? digits((long) value) : ascii(Double.toString(value)));
		put(NUMBER_END);
	}

	@Override
	public void text(String text, CellStyle style) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		cell(style, utf8.length * ESCAPE);
		put(isSpaced(text) ? SPACED_TEXT : TEXT);
		for (byte character : utf8) {
			switch (character) {
				case '<' -> put(LESS);
				case '>' -> put(GREATER);
				case '&' -> put(AMPERSAND);
				default -> this.bytes[this.end++] = character;
			}
		}
		put(TEXT_END);
	}

	void endRow() throws IOException {
		room(FRAME);
		put(ROW_END);
		if (this.end >= FULL) {
			flush();
		}
	}

	void flush() throws IOException {
		this.out.write(this.bytes, 0, this.end);
		this.end = 0;
	}

	private void cell(CellStyle style, int length) {
		room(length + FRAME);
		put(this.columns[this.column++]);
		put(this.row);
		put(STYLE);
		put(digits(style.getIndex()));
	}

	private void put(byte[] more) {
		System.arraycopy(more, 0, this.bytes, this.end, more.length);
		this.end += more.length;
	}

	private void room(int wanted) {
		if (this.bytes.length - this.end < wanted) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.end + wanted));
		}
	}

	/** Otherwise an XML parser may drop spaces. */
	private static boolean isSpaced(String text) {
		return !text.isEmpty()
				&& (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1)));
	}

	private static byte[] digits(long number) {
		return (number >= 0 && number < SMALL.length) ? SMALL[(int) number] : ascii(Long.toString(number));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
