package io.keysteward.xlsx;

import java.math.BigDecimal;
import java.util.Objects;

import javax.xml.stream.XMLStreamException;

import io.keysteward.xlsx.SavedCell.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cell: its type and style say what its value means.
 */
final class CellReader {

	/** Excel keeps 15 digits: an id that is a longer number has changed. */
	private static final BigDecimal ROUNDED = new BigDecimal("1e15");

	/** So many characters has no number that a program writes. */
	private static final int LONGEST_NUMBER = 100;

	/** 1e-999999999 takes twelve letters, and a gigabyte once it is written out. */
	private static final int LONGEST_WRITTEN_OUT = 1000;

	private final WorkbookFaults faults;

	private final SharedTexts texts;

	private final DateStyles styles;

	private final boolean since1904;

	CellReader(WorkbookFaults faults, SharedTexts texts, DateStyles styles, boolean since1904) {
		this.faults = faults;
		this.texts = texts;
		this.styles = styles;
		this.since1904 = since1904;
	}

	/**
	 * {@return the cell that has just started; null: nothing}
	 */
	@Nullable SavedCell read(PartReader xml, int row, int column) throws XMLStreamException {
		String type = Objects.requireNonNullElse(xml.attribute("t"), "n");
		String style = xml.attribute("s");
		String value = null;
		boolean formula = false;
		while (xml.nextElementIn("c")) {
			switch (xml.name()) {
				case "v" -> value = xml.text();
				case "is" -> value = xml.richText();
				case "f" -> {
					formula = true;
					xml.skip();
				}
				default -> xml.skip();
			}
		}
		if (value == null) {
			return formula ? new SavedCell(Kind.UNCOMPUTED, "", true) : null;
		}
		return switch (type) {
			case "inlineStr", "d" -> text(value, formula);
			case "s" -> text(shared(row, column, value), formula);
			case "str" -> text(EscapedText.decoded(value), formula);
			case "b" -> new SavedCell(Kind.BOOLEAN, String.valueOf(isTrue(value.strip())), formula);
			case "e" -> new SavedCell(Kind.ERROR, value, formula);
			default -> number(exact(row, column, value.strip()), style, formula);
		};
	}

	private static @Nullable SavedCell text(String text, boolean formula) {
		return (text.isEmpty() && !formula) ? null : new SavedCell(Kind.TEXT, text, formula);
	}

	private static boolean isTrue(String value) {
		return value.equals("1") || value.equals("true");
	}

	private String shared(int row, int column, String number) {
		try {
			String text = this.texts.get(Integer.parseInt(number.strip()));
			if (text != null) {
				return text;
			}
		}
		catch (NumberFormatException ex) {
			// The failure follows.
		}
		throw this.faults.damagedCell(row, column, "refers to a missing text");
	}

	/** Many more digits than any number has take a very long time to be read. */
	private BigDecimal exact(int row, int column, String value) {
		try {
			if (value.length() <= LONGEST_NUMBER) {
				return new BigDecimal(value);
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw this.faults.damagedCell(row, column, "is no number, though it says so");
	}

	private SavedCell number(BigDecimal number, @Nullable String style, boolean formula) {
		if (this.styles.areTimes(style)) {
			return SerialTime.of(number, this.since1904)
				.map((time) -> new SavedCell(Kind.TIME, SerialTime.text(time), formula))
				.orElseGet(() -> new SavedCell(Kind.NO_TIME, writtenOut(number), formula));
		}
		boolean rounded = number.abs().compareTo(ROUNDED) >= 0;
		return new SavedCell(rounded ? Kind.ROUNDED : Kind.NUMBER, writtenOut(number), formula);
	}

	private static String writtenOut(BigDecimal number) {
		BigDecimal shortest = number.stripTrailingZeros();
		return (Math.abs((long) shortest.scale()) <= LONGEST_WRITTEN_OUT) ? shortest.toPlainString()
				: shortest.toString();
	}

}
