package io.keysteward.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.keysteward.source.landing.JsonFields;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet, streamed from its XML. Times, which are numbers with a format,
 * become texts.
 */
final class XlsxFeed implements RowFeed {

	/** Excel keeps 15 digits: an id that is a longer number has changed. */
	private static final BigDecimal ROUNDED = new BigDecimal("1e15");

	/** So many characters has no number that a program writes. */
	private static final int LONGEST_NUMBER = 100;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

	private final String shown;

	private final Table table;

	private final OPCPackage file;

	private final StylesTable styles;

	private final SharedTexts texts;

	private final boolean since1904;

	private final InputStream sheet;

	private final XMLStreamReader xml;

	private final Map<Integer, Boolean> dates = new HashMap<>();

	private final Header header;

	private final int headerRow;

	private int row;

	private XlsxFeed(String shown, OPCPackage file, XSSFReader reader, XMLInputFactory factory, SharedTexts texts,
			Table table) throws IOException, OpenXML4JException, XMLStreamException {
		this.shown = shown;
		this.table = table;
		this.file = file;
		this.styles = reader.getStylesTable();
		this.texts = texts;
		this.since1904 = isSince1904(factory, reader);
		this.sheet = sheet(reader);
		this.xml = factory.createXMLStreamReader(this.sheet);
		List<@Nullable String> first = fields();
		this.headerRow = this.row;
		this.header = Header.of(shown, table, (first != null)
				? first.stream().map((name) -> Objects.requireNonNullElse(name, "")).toList() : List.of());
	}

	/**
	 * {@return the rows of a file}
	 * @param shown its name in messages
	 */
	static XlsxFeed open(String shown, Path path, Table table) {
		OPCPackage file = null;
		SharedTexts texts = null;
		try {
			file = OPCPackage.open(path.toFile(), PackageAccess.READ);
			XSSFReader reader = new XSSFReader(file);
			XMLInputFactory factory = factory();
			texts = SharedTexts.read(shown, factory, reader.getSharedStringsData());
			return new XlsxFeed(shown, file, reader, factory, texts, table);
		}
		catch (OpenXML4JException | OpenXML4JRuntimeException | IOException | XMLStreamException ex) {
			close(file, texts);
			throw broken(shown, ex);
		}
		catch (Failure ex) {
			close(file, texts);
			throw ex;
		}
		catch (RuntimeException ex) {
			close(file, texts);
			throw broken(shown, ex);
		}
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		return factory;
	}

	private static Failure broken(String shown, Exception ex) {
		boolean bomb = String.valueOf(ex.getMessage()).contains("Zip bomb");
		return Failure.configuration(shown
				+ (bomb ? ": unpacks to far more than an export can hold" : ": is not an XLSX file, or is damaged")
				+ "; export it again");
	}

	private static boolean isSince1904(XMLInputFactory factory, XSSFReader reader)
			throws IOException, OpenXML4JException, XMLStreamException {
		try (InputStream in = reader.getWorkbookData()) {
			XMLStreamReader xml = factory.createXMLStreamReader(in);
			while (xml.hasNext()) {
				if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("workbookPr")) {
					String value = xml.getAttributeValue(null, "date1904");
					return "1".equals(value) || "true".equals(value);
				}
			}
			return false;
		}
	}

	private InputStream sheet(XSSFReader reader) throws IOException, OpenXML4JException {
		String wanted = this.table.yaml().sheet();
		List<String> names = new ArrayList<>();
		XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
		while (sheets.hasNext()) {
			InputStream in = sheets.next();
			if (wanted == null || wanted.equals(sheets.getSheetName())) {
				return in;
			}
			in.close();
			names.add("'" + SafeText.visible(sheets.getSheetName()) + "'");
		}
		throw Failure.configuration(this.shown + ": has no sheet "
				+ ((wanted != null) ? "'" + SafeText.visible(wanted) + "'; it has " + String.join(", ", names)
						: "at all; export it again"));
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		try {
			List<@Nullable String> fields = fields();
			return (fields != null) ? this.header.row(fields, this.row) : null;
		}
		catch (XMLStreamException ex) {
			throw broken(this.shown, ex);
		}
		catch (Failure ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw broken(this.shown, ex);
		}
	}

	/**
	 * {@return the next row that is not blank; null: there are no more}
	 */
	private @Nullable List<@Nullable String> fields() throws XMLStreamException {
		while (this.xml.hasNext()) {
			if (this.xml.next() != XMLStreamConstants.START_ELEMENT) {
				continue;
			}
			if (this.xml.getLocalName().equals("row")) {
				String number = this.xml.getAttributeValue(null, "r");
				this.row = (number != null) ? Integer.parseInt(number) : this.row + 1;
				List<@Nullable String> fields = cells();
				if (fields.stream().anyMatch((field) -> field != null && !Header.stripped(field).isEmpty())) {
					return fields;
				}
			}
			else if (this.xml.getLocalName().equals("mergeCell")) {
				requireNotMerged(this.xml.getAttributeValue(null, "ref"));
			}
		}
		return null;
	}

	private void requireNotMerged(String cells) {
		CellRangeAddress range = CellRangeAddress.valueOf(cells);
		if (range.getFirstRow() < this.headerRow && range.getLastRow() >= this.headerRow - 1) {
			throw Failure.configuration(this.shown + ": the cells " + SafeText.visible(cells)
					+ " of the header are merged, so columns cannot be told apart; unmerge them");
		}
	}

	private List<@Nullable String> cells() throws XMLStreamException {
		List<@Nullable String> fields = new ArrayList<>();
		while (this.xml.hasNext()) {
			int event = this.xml.next();
			if (event == XMLStreamConstants.END_ELEMENT && this.xml.getLocalName().equals("row")) {
				break;
			}
			if (event == XMLStreamConstants.START_ELEMENT && this.xml.getLocalName().equals("c")) {
				String reference = this.xml.getAttributeValue(null, "r");
				int column = (reference != null) ? column(reference) : fields.size();
				while (fields.size() <= column) {
					fields.add(null);
				}
				fields.set(column, cell(column));
			}
		}
		return fields;
	}

	/**
	 * A sheet has no more columns than that, and a place beyond would fill the memory.
	 */
	private int column(String reference) {
		int column = new CellReference(reference).getCol();
		if (column < 0 || column > SpreadsheetVersion.EXCEL2007.getLastColumnIndex()) {
			throw new OpenXML4JRuntimeException("No such column");
		}
		return column;
	}

	private @Nullable String cell(int column) throws XMLStreamException {
		String type = Objects.requireNonNullElse(this.xml.getAttributeValue(null, "t"), "n");
		String style = this.xml.getAttributeValue(null, "s");
		String value = null;
		boolean formula = false;
		StringBuilder inline = new StringBuilder();
		for (int event = this.xml.next(); event != XMLStreamConstants.END_ELEMENT
				|| !this.xml.getLocalName().equals("c"); event = this.xml.next()) {
			if (event == XMLStreamConstants.START_ELEMENT) {
				switch (this.xml.getLocalName()) {
					case "v" -> value = this.xml.getElementText();
					case "t" -> inline.append(this.xml.getElementText());
					case "f" -> {
						formula = true;
						skip(this.xml);
					}
					case "rPh" -> skip(this.xml);
					default -> {
					}
				}
			}
		}
		if (this.header != null && !this.header.isNeeded(column)) {
			return null;
		}
		if (formula && value == null) {
			throw fault(column, "is a formula without a computed value; open the file in Excel and save it");
		}
		return switch (type) {
			case "inlineStr" -> inline.toString();
			case "s" -> (value != null) ? shared(column, value) : null;
			case "str" -> value;
			case "b" -> (value != null) ? String.valueOf(value.strip().equals("1")) : null;
			case "e" -> throw fault(column, "is an error, not a value; correct it, and export the file again");
			case "d" -> value;
			default -> (value != null) ? number(column, value, style) : null;
		};
	}

	private String shared(int column, String number) {
		try {
			String text = this.texts.get(Integer.parseInt(number.strip()));
			if (text != null) {
				return text;
			}
		}
		catch (NumberFormatException ex) {
			// The failure follows.
		}
		throw fault(column, "refers to a missing text: the file is damaged; export it again");
	}

	private String number(int column, String value, @Nullable String style) {
		BigDecimal number = number(column, value.strip());
		if (isDate(style)) {
			LocalDateTime time = DateUtil.getLocalDateTime(number.doubleValue(), this.since1904, true);
			if (time == null) {
				throw fault(column, "is not a valid time; correct it, and export the file again");
			}
			return TIME.format(time);
		}
		if (number.abs().compareTo(ROUNDED) >= 0) {
			throw fault(column, "is a number of more than 15 digits, which Excel has rounded; export the file with"
					+ " that column as text");
		}
		return JsonFields.text(number.stripTrailingZeros());
	}

	/** Many more digits than any number has take a very long time to be read. */
	private BigDecimal number(int column, String value) {
		try {
			if (value.length() <= LONGEST_NUMBER) {
				return new BigDecimal(value);
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw fault(column, "is no number, though it says so: the file is damaged; export it again");
	}

	private boolean isDate(@Nullable String style) {
		if (style == null) {
			return false;
		}
		return this.dates.computeIfAbsent(Integer.valueOf(style), (number) -> {
			if (number >= this.styles.getNumCellStyles()) {
				return false;
			}
			XSSFCellStyle cell = this.styles.getStyleAt(number);
			return DateUtil.isADateFormat(cell.getDataFormat(), cell.getDataFormatString());
		});
	}

	private Failure fault(int column, String problem) {
		return Failure.configuration(
				this.shown + ": cell " + new CellReference(this.row - 1, column).formatAsString() + " " + problem);
	}

	static void skip(XMLStreamReader xml) throws XMLStreamException {
		for (int depth = 1; depth > 0;) {
			int event = xml.next();
			depth += (event == XMLStreamConstants.START_ELEMENT) ? 1
					: (event == XMLStreamConstants.END_ELEMENT) ? -1 : 0;
		}
	}

	@Override
	public void close() {
		try {
			this.sheet.close();
		}
		catch (IOException ex) {
			// The rows that were read stay valid.
		}
		close(this.file, this.texts);
	}

	/** Reverts the file, so that nothing is written back. */
	private static void close(@Nullable OPCPackage file, @Nullable SharedTexts texts) {
		if (file != null) {
			file.revert();
		}
		if (texts != null) {
			texts.close();
		}
	}

}
