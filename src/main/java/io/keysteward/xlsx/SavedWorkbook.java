package io.keysteward.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLStreamException;

import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;

/**
 * An XLSX file that somebody else saved. It is read as a stream, in bounded memory, and
 * never changed.
 */
public final class SavedWorkbook implements AutoCloseable {

	private final WorkbookFaults faults;

	private final OPCPackage file;

	private final XSSFReader reader;

	private final SharedTexts texts;

	private final List<String> sheets;

	private final boolean since1904;

	private final CellReader cells;

	private SavedWorkbook(WorkbookFaults faults, OPCPackage file, XSSFReader reader, SharedTexts texts)
			throws IOException, OpenXML4JException, XMLStreamException {
		this.faults = faults;
		this.file = file;
		this.reader = reader;
		this.texts = texts;
		this.sheets = names(reader);
		this.since1904 = isSince1904(reader);
		this.cells = new CellReader(faults, texts, new DateStyles(reader.getStylesTable()), this.since1904);
	}

	/**
	 * {@return a file's workbook}
	 * @param shown its name in messages
	 * @param advice what to do with a file that cannot be read, such as "export it again"
	 * @throws io.keysteward.text.Failure if it is not an XLSX file, is damaged, or
	 * unpacks to far more than it should
	 */
	public static SavedWorkbook open(String shown, Path path, String advice) {
		WorkbookFaults faults = new WorkbookFaults(shown, advice);
		FileStart.requireWorkbook(faults, path);
		OPCPackage file = null;
		SharedTexts texts = null;
		try {
			LoadedParts.requireSmall(faults, path);
			file = OPCPackage.open(path.toFile(), PackageAccess.READ);
			XSSFReader reader = new XSSFReader(file);
			LoadedParts.requireSmall(faults, file);
			texts = SharedTexts.read(shown, reader.getSharedStringsData());
			return new SavedWorkbook(faults, file, reader, texts);
		}
		catch (OpenXML4JException | IOException | XMLStreamException | RuntimeException ex) {
			close(file, texts);
			throw faults.of(ex);
		}
	}

	/**
	 * {@return whether a file in the container of Office's old formats is a workbook
	 * under a password}
	 */
	public static boolean isEncrypted(Path path) {
		return FileStart.isEncrypted(path);
	}

	private static List<String> names(XSSFReader reader) throws IOException, InvalidFormatException {
		List<String> names = new ArrayList<>();
		XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
		while (sheets.hasNext()) {
			sheets.next().close();
			names.add(sheets.getSheetName());
		}
		return List.copyOf(names);
	}

	private static boolean isSince1904(XSSFReader reader)
			throws IOException, InvalidFormatException, XMLStreamException {
		try (PartReader part = new PartReader(reader.getWorkbookData())) {
			while (part.nextElement()) {
				if (part.name().equals("workbookPr")) {
					return part.isTrue("date1904");
				}
			}
			return false;
		}
	}

	/**
	 * Refuses a workbook with macros, or with links from which a program fetches values.
	 * @throws io.keysteward.text.Failure if it has any
	 */
	public void requireNoCode() {
		try {
			new ForeignParts(this.faults, this.file).requireNone();
		}
		catch (InvalidFormatException | RuntimeException ex) {
			throw this.faults.of(ex);
		}
	}

	/**
	 * {@return the names of the sheets, in their order; twice where two have one name}
	 */
	public List<String> sheets() {
		return this.sheets;
	}

	/**
	 * {@return whether its numbers of days count from 1904}
	 */
	public boolean since1904() {
		return this.since1904;
	}

	/**
	 * {@return a sheet's rows}
	 * @param index its place in the list of the sheets
	 */
	public SavedSheet sheet(int index) {
		try {
			return new SavedSheet(this.faults, new PartReader(data(index)), this.cells);
		}
		catch (IOException | InvalidFormatException | XMLStreamException ex) {
			throw this.faults.of(ex);
		}
	}

	private InputStream data(int index) throws IOException, InvalidFormatException {
		XSSFReader.SheetIterator data = (XSSFReader.SheetIterator) this.reader.getSheetsData();
		for (int before = 0; before < index; before++) {
			data.next().close();
		}
		return data.next();
	}

	@Override
	public void close() {
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
