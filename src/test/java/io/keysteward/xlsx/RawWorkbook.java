package io.keysteward.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook written part by part, so that it can be as no program writes it.
 */
final class RawWorkbook {

	static final String TYPES = "[Content_Types].xml";

	static final String MAIN = "xl/workbook.xml";

	static final String LINKS = "xl/_rels/workbook.xml.rels";

	static final String SHEET = "xl/worksheets/sheet1.xml";

	static final String STYLES = "xl/styles.xml";

	static final String STRINGS = "xl/sharedStrings.xml";

	private static final String MAIN_NAMESPACE = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

	private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

	private final Map<String, String> parts = new LinkedHashMap<>();

	private final Map<String, Consumer<OutputStream>> large = new LinkedHashMap<>();

	/** A sheet {@code Findings} with one cell, A1: {@code x}. */
	RawWorkbook() {
		this.parts.put(TYPES, """
				<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
				<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
				<Default Extension="xml" ContentType="application/xml"/>
				<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>
				<Override PartName="/xl/workbook.xml" ContentType="%1$s.sheet.main+xml"/>
				<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%1$s.worksheet+xml"/>
				<Override PartName="/xl/styles.xml" ContentType="%1$s.styles+xml"/>
				<Override PartName="/xl/sharedStrings.xml" ContentType="%1$s.sharedStrings+xml"/>
				</Types>""".formatted("application/vnd.openxmlformats-officedocument.spreadsheetml"));
		this.parts.put("_rels/.rels", relationships(
				"<Relationship Id=\"rId1\" Type=\"" + OFFICE + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
		this.parts.put(MAIN, "<workbook " + MAIN_NAMESPACE + " xmlns:r=\"" + OFFICE
				+ "\"><workbookPr/><sheets><sheet name=\"Findings\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
		this.parts.put(LINKS,
				relationships("<Relationship Id=\"rId1\" Type=\"" + OFFICE
						+ "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + OFFICE
						+ "/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" + OFFICE
						+ "/sharedStrings\" Target=\"sharedStrings.xml\"/>"));
		this.parts.put(STYLES, "<styleSheet " + MAIN_NAMESPACE
				+ "><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
		strings("<si><t>x</t></si>");
		rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
	}

	static String relationships(String all) {
		return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all
				+ "</Relationships>";
	}

	static String relationship(String type, String target, boolean external) {
		return "<Relationship Id=\"rId9\" Type=\"" + OFFICE + "/" + type + "\" Target=\"" + target + "\""
				+ (external ? " TargetMode=\"External\"" : "") + "/>";
	}

	RawWorkbook rows(String rows) {
		return part(SHEET, "<worksheet " + MAIN_NAMESPACE + "><sheetData>" + rows + "</sheetData></worksheet>");
	}

	RawWorkbook strings(String strings) {
		return part(STRINGS, "<sst " + MAIN_NAMESPACE + ">" + strings + "</sst>");
	}

	RawWorkbook part(String name, String content) {
		this.parts.put(name, content);
		return this;
	}

	RawWorkbook without(String name) {
		this.parts.remove(name);
		return this;
	}

	RawWorkbook replace(String name, String text, String other) {
		String part = String.valueOf(this.parts.get(name));
		if (!part.contains(text)) {
			throw new IllegalStateException(name + " has no " + text);
		}
		return part(name, part.replace(text, other));
	}

	/** A part that is so large that it is written piece by piece. */
	RawWorkbook large(String name, Consumer<OutputStream> content) {
		this.parts.remove(name);
		this.large.put(name, content);
		return this;
	}

	Path write(Path file) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			zip.setLevel(Deflater.BEST_SPEED);
			for (Map.Entry<String, String> part : this.parts.entrySet()) {
				zip.putNextEntry(new ZipEntry(part.getKey()));
				zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
			}
			for (Map.Entry<String, Consumer<OutputStream>> part : this.large.entrySet()) {
				zip.putNextEntry(new ZipEntry(part.getKey()));
				part.getValue().accept(zip);
			}
		}
		return file;
	}

}
