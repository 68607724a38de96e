package io.keysteward.endurance;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.XMLReader;

/**
 * A workbook of many rows, read back as a stream: a line for each row, cells between
 * bars. Times of the run itself are written as such, since they differ from run to run.
 */
final class WorkbookLines implements XSSFSheetXMLHandler.SheetContentsHandler {

	private static final Pattern TIME = Pattern
		.compile("(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(:\\d{2}(\\.\\d+)?)?Z?");

	/** A run of a test does not take longer. */
	private static final Duration LONGEST = Duration.ofHours(12);

	private final List<String> lines = new ArrayList<>();

	private final StringBuilder line = new StringBuilder();

	private final Instant asOf;

	private WorkbookLines(Instant asOf) {
		this.asOf = asOf;
	}

	/**
	 * {@return its sheets, {@code sheet Summary} and so on}
	 */
	static Map<String, List<String>> of(Path file, Instant asOf) throws Exception {
		Map<String, List<String>> sheets = new LinkedHashMap<>();
		try (OPCPackage workbook = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
			XSSFReader reader = new XSSFReader(workbook);
			ReadOnlySharedStringsTable strings = new ReadOnlySharedStringsTable(workbook);
			XSSFReader.SheetIterator each = (XSSFReader.SheetIterator) reader.getSheetsData();
			while (each.hasNext()) {
				try (InputStream sheet = each.next()) {
					WorkbookLines lines = new WorkbookLines(asOf);
					XMLReader parser = XMLHelper.newXMLReader();
					parser.setContentHandler(new XSSFSheetXMLHandler(reader.getStylesTable(), strings, lines,
							new DataFormatter(), false));
					parser.parse(new InputSource(sheet));
					sheets.put("sheet " + each.getSheetName(), lines.lines);
				}
			}
		}
		return sheets;
	}

	@Override
	public void startRow(int row) {
		this.line.setLength(0);
	}

	@Override
	public void cell(String reference, @Nullable String value, @Nullable XSSFComment comment) {
		this.line.append(reference.replaceAll("\\d", ""))
			.append(' ')
			.append(timeless(String.valueOf(value)))
			.append(" | ");
	}

	@Override
	public void endRow(int row) {
		this.lines.add(this.line.toString());
	}

	private String timeless(String text) {
		return TIME.matcher(text).replaceAll(this::timeless);
	}

	private String timeless(MatchResult time) {
		Instant at = Instant.parse(time.group(1) + "T" + time.group(2) + ":59Z");
		return (at.isBefore(this.asOf) || at.isAfter(this.asOf.plus(LONGEST))) ? time.group() : "(in the run)";
	}

}
