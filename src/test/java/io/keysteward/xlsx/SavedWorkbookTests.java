package io.keysteward.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.keysteward.text.Failure;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is no workbook, or one that does things, is refused with a sentence.
 */
class SavedWorkbookTests {

	private static final String DAMAGED = "is not an XLSX file, or is damaged; save it again";

	private static final String SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private Path file;

	@BeforeEach
	void nameFile() {
		this.file = this.folder.resolve("f.xlsx");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					~~                                  | is empty; save it again
					id;name                             | is a text, such as CSV, and no workbook; save it again
					\uFEFF <html><table>                | is a web page or another text with tags, and no workbook; save it again
					x\0\1\2x                             | is not an XLSX file, or is damaged; save it again
					PK\3\4 and no more                  | is not an XLSX file, or is damaged; save it again
					PK\5\6x                             | is not an XLSX file, or is damaged; save it again
					""")
	void whatIsNoWorkbook(String content, String expected) throws IOException {
		Files.writeString(this.file, content);
		assertThat(failure()).isEqualTo(expected);
	}

	@Test
	void whatIsNoFile() throws IOException {
		assertThat(failure()).isEqualTo("does not exist; name a workbook");
		Files.createDirectory(this.file);
		assertThat(failure()).isEqualTo("is not a file; name a workbook");
	}

	@Test
	void oldAndEncryptedFormats() throws IOException, GeneralSecurityException {
		try (HSSFWorkbook old = new HSSFWorkbook(); OutputStream out = Files.newOutputStream(this.file)) {
			old.createSheet("Findings");
			old.write(out);
		}
		assertThat(failure()).isEqualTo("has Excel's old format XLS; save it as Excel Workbook (.xlsx)");
		byte[] plain = Files.readAllBytes(new RawWorkbook().write(this.file));
		Files.write(this.file, encrypted(plain));
		assertThat(failure()).isEqualTo("is protected by a password; save it without one");
	}

	@Test
	void otherFormatsThatAreZipFiles() throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(this.file))) {
			zip.putNextEntry(new ZipEntry("mimetype"));
			zip.write("application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry("content.xml"));
			zip.write("<office/>".getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry("settings.xml"));
		}
		assertThat(failure()).isEqualTo("is an OpenDocument spreadsheet (.ods); save it as Excel Workbook (.xlsx)");
		new RawWorkbook()
			.replace("_rels/.rels", "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
					"http://purl.oclc.org/ooxml/officeDocument/relationships")
			.write(this.file);
		assertThat(failure()).isEqualTo("is a Strict Open XML Spreadsheet; save it as Excel Workbook (.xlsx)");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(this.file))) {
			zip.putNextEntry(new ZipEntry("a.txt"));
			zip.write('x');
		}
		assertThat(failure()).isEqualTo(DAMAGED);
	}

	@Test
	void damagedFiles() throws IOException {
		byte[] plain = Files.readAllBytes(new RawWorkbook().write(this.file));
		Files.write(this.file, Arrays.copyOf(plain, plain.length / 2));
		assertThat(failure()).isEqualTo(DAMAGED);
		new RawWorkbook().without(RawWorkbook.SHEET).write(this.file);
		assertThat(failure()).isEqualTo(DAMAGED);
		new RawWorkbook().part(RawWorkbook.STRINGS, "<sst><si>").write(this.file);
		assertThat(failure()).isEqualTo(DAMAGED);
		new RawWorkbook().part(RawWorkbook.STYLES, "<styleSheet>").write(this.file);
		assertThat(failure()).isEqualTo(DAMAGED);
		new RawWorkbook().part("XL/worksheets/SHEET1.xml", "<worksheet/>").write(this.file);
		assertThat(failure()).isEqualTo(DAMAGED);
	}

	@Test
	void sheetsHaveTheirOrderEvenWithOneName() throws IOException {
		new RawWorkbook()
			.replace(RawWorkbook.MAIN, "<sheets>",
					"<sheets><sheet name=\"A &amp; B\" sheetId=\"7\" r:id=\"rId7\"/>"
							+ "<sheet name=\"Findings\" sheetId=\"8\" state=\"hidden\" r:id=\"rId8\"/>")
			.replace(RawWorkbook.LINKS, "</Relationships>",
					sheet("rId7", "sheet7.xml") + sheet("rId8", "sheet8.xml") + "</Relationships>")
			.replace(RawWorkbook.TYPES, "</Types>", type("sheet7.xml") + type("sheet8.xml") + "</Types>")
			.part("xl/worksheets/sheet7.xml", "<worksheet><row><c><v>7</v></c></row></worksheet>")
			.part("xl/worksheets/sheet8.xml", "<worksheet><row><c><v>8</v></c></row></worksheet>")
			.write(this.file);
		try (SavedWorkbook workbook = SavedWorkbook.open("f.xlsx", this.file, "save it again")) {
			assertThat(workbook.sheets()).containsExactly("A & B", "Findings", "Findings");
			assertThat(first(workbook, 2)).isEqualTo("x");
			assertThat(first(workbook, 1)).isEqualTo("8");
			assertThat(first(workbook, 0)).isEqualTo("7");
			workbook.requireNoCode();
		}
	}

	@Test
	void aFileWithoutSharedTextsAndStyles() throws IOException {
		new RawWorkbook().without(RawWorkbook.STRINGS)
			.without(RawWorkbook.STYLES)
			.replace(RawWorkbook.LINKS, "<Relationship Id=\"rId2\"", "<!-- <Relationship Id=\"rId2\"")
			.replace(RawWorkbook.LINKS, "</Relationships>", "--></Relationships>")
			.rows("<row><c s=\"1\"><v>46447</v></c></row>")
			.write(this.file);
		try (SavedWorkbook workbook = SavedWorkbook.open("f.xlsx", this.file, "save it again")) {
			assertThat(first(workbook, 0)).isEqualTo("46447");
		}
	}

	@ParameterizedTest
	@CsvSource({ "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml" })
	void macroFilesAndTemplates(String type) throws IOException {
		new RawWorkbook().replace(RawWorkbook.TYPES, SHEET_TYPE, type).write(this.file);
		assertThat(code()).isEqualTo(
				"is not a plain workbook, but has macros, or is a template; save it as Excel" + " Workbook (.xlsx)");
	}

	@ParameterizedTest
	@CsvSource({ "vbaProject, vbaProject.bin, false, macros", "x, vbaProject.bin, false, macros",
			"http://schemas.microsoft.com/office/2006/relationships/vbaProject, x.xml, false, macros",
			"xlMacrosheet, x.xml, false, macros", "oleObject, x.xml, false, embedded objects",
			"externalLink, x.xml, false, links to other files", "connections, x.xml, false, links to other files",
			"externalLinkPath, file:///c:/x.xlsx, true, links to other files",
			"image, http://localhost/x.png, true, links to other files" })
	void partsThatRunOrFetch(String type, String target, boolean external, String expected) throws IOException {
		String link = RawWorkbook.relationship(type, target, external);
		RawWorkbook workbook = new RawWorkbook().part("xl/worksheets/_rels/sheet1.xml.rels",
				RawWorkbook.relationships(link));
		(external ? workbook : workbook.part("xl/worksheets/" + target, "<x/>")).write(this.file);
		assertThat(failure()).isEqualTo("opened");
		assertThat(code()).isEqualTo(
				"has " + expected + ", which are never needed; remove them, and save it as Excel Workbook (.xlsx)");
	}

	@Test
	void aPartThatNothingRefersTo() throws IOException {
		new RawWorkbook().part("xl/vbaProject.bin", "x").write(this.file);
		assertThat(code()).startsWith("has macros, ");
	}

	@Test
	void aLinkToClickOnIsAllowed() throws IOException {
		new RawWorkbook()
			.part("xl/worksheets/_rels/sheet1.xml.rels",
					RawWorkbook.relationships(RawWorkbook.relationship("hyperlink", "https://localhost/ticket", true)))
			.write(this.file);
		assertThat(code()).isEqualTo("opened");
	}

	private static String sheet(String id, String name) {
		return "<Relationship Id=\"" + id
				+ "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
				+ " Target=\"worksheets/" + name + "\"/>";
	}

	private static String type(String name) {
		return "<Override PartName=\"/xl/worksheets/" + name + "\" ContentType=\""
				+ SHEET_TYPE.replace("sheet.main", "worksheet") + "\"/>";
	}

	private static String first(SavedWorkbook workbook, int index) {
		try (SavedSheet sheet = workbook.sheet(index)) {
			SavedRow row = sheet.next();
			SavedCell cell = (row != null) ? row.cells().get(0) : null;
			return (cell != null) ? cell.text() : "none";
		}
	}

	private String failure() {
		return failure(false);
	}

	private String code() {
		return failure(true);
	}

	private String failure(boolean noCode) {
		Failure failure = catchThrowableOfType(Failure.class, () -> {
			try (SavedWorkbook workbook = SavedWorkbook.open("f.xlsx", this.file, "save it again")) {
				if (noCode) {
					workbook.requireNoCode();
				}
			}
		});
		if (failure == null) {
			return "opened";
		}
		assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
		assertThat(failure.line()).startsWith("f.xlsx: ");
		return failure.line().substring("f.xlsx: ".length());
	}

	private static byte[] encrypted(byte[] workbook) throws IOException, GeneralSecurityException {
		try (POIFSFileSystem file = new POIFSFileSystem(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
			encryptor.confirmPassword("secret-word");
			try (OutputStream content = encryptor.getDataStream(file)) {
				content.write(workbook);
			}
			file.writeFilesystem(out);
			return out.toByteArray();
		}
	}

}
