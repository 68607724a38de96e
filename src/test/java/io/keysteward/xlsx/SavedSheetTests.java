package io.keysteward.xlsx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What programs save is read as people see it; what is no value is none, but is there.
 */
class SavedSheetTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			<c t="inlineStr"><is><t>  a b </t></is></c>                 | TEXT`  a b `
			<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>     | TEXT`ab`
			<c t="inlineStr"><is><t>東</t><rPh sb="0" eb="1"><t>ヒガシ</t></rPh></is></c>   | TEXT`東`
			<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>          | TEXT`_x0041_`
			<c t="inlineStr"><is><t>a_x0042_c_X0042_ _x004_</t></is></c>                    | TEXT`aBc_X0042_ _x004_`
			<c t="inlineStr"><is><t>_xD83D__xDE00_ _xD83D_</t></is></c> | TEXT`😀 ?`
			<c t="inlineStr"><is><r><t>_x00</t></r><r><t>41_</t></r></is></c>               | TEXT`_x0041_`
			<c t="s"><v>0</v></c>                                       | TEXT`_x0041_ ü`
			<c t="s"><v>1</v></c>                                       | TEXT`ab`
			<c t="str"><f>A2</f><v>_x0041_</v></c>                      | TEXT`A` formula
			<c t="str"><f>A2</f><v></v></c>                             | TEXT`` formula
			<c t="d"><v>2027-03-01T10:00:00</v></c>                     | TEXT`2027-03-01T10:00:00`
			<c><v>46447</v></c>                                         | NUMBER`46447`
			<c s="0"><v>1.50E3</v></c>                                  | NUMBER`1500`
			<c s="9"><v>0.10</v></c>                                    | NUMBER`0.1`
			<c><v>-0.0</v></c>                                          | NUMBER`0`
			<c><f>1+1</f><v>2</v></c>                                   | NUMBER`2` formula
			<c><v>999999999999999</v></c>                               | NUMBER`999999999999999`
			<c><v>1.23456789012345E+18</v></c>                          | ROUNDED`1234567890123450000`
			<c s="1"><v>46447</v></c>                                   | TIME`2027-03-01 00:00:00`
			<c s="1"><v>46447.4166666667</v></c>                        | TIME`2027-03-01 10:00:00`
			<c s="1"><v>46446.9999999</v></c>                           | TIME`2027-03-01 00:00:00`
			<c s="1"><f>TODAY()+90</f><v>46447</v></c>                  | TIME`2027-03-01 00:00:00` formula
			<c s="1"><v>2958465</v></c>                                 | TIME`9999-12-31 00:00:00`
			<c s="1"><v>2958466</v></c>                                 | NO_TIME`2958466`
			<c s="1"><v>20270301</v></c>                                | NO_TIME`20270301`
			<c s="1"><v>-1</v></c>                                      | NO_TIME`-1`
			<c t="b"><v>1</v></c>                                       | BOOLEAN`true`
			<c t="b"><v>true</v></c>                                    | BOOLEAN`true`
			<c t="b"><v>0</v></c>                                       | BOOLEAN`false`
			<c t="e"><v>#N/A</v></c>                                    | ERROR`#N/A`
			<c t="e"><f>NA()</f><v>#N/A</v></c>                         | ERROR`#N/A` formula
			<c><f>NOW()</f></c>                                         | UNCOMPUTED`` formula
			<c/>                                                        | nothing
			<c t="s"/>                                                  | nothing
			<c t="inlineStr"><is><t></t></is></c>                       | nothing
			""")
	void whatACellHolds(String xml, String expected) throws IOException {
		RawWorkbook workbook = new RawWorkbook()
			.strings("<si><t>_x005F_x0041_ ü</t></si><si><r><t>a</t></r><rPh><t>no</t></rPh><r><t>b</t></r></si>")
			.rows("<row r=\"1\">" + xml + "<c t=\"inlineStr\"><is><t>after</t></is></c></row>");
		assertThat(rows(workbook)).containsExactly("1: " + expected.replace("`", "'") + ", TEXT'after'");
	}

	@ParameterizedTest
	@CsvSource({ "44985, 2027-03-01 00:00:00", "0, 1904-01-01 00:00:00", "2957003, 9999-12-31 00:00:00" })
	void daysCountFrom1904(String number, String expected) throws IOException {
		RawWorkbook workbook = new RawWorkbook()
			.replace(RawWorkbook.MAIN, "<workbookPr/>", "<workbookPr date1904=\"1\"/>")
			.rows("<row><c s=\"1\"><v>" + number + "</v></c></row><row><c s=\"1\"><v>2957004</v></c></row>");
		assertThat(rows(workbook)).containsExactly("1: TIME'" + expected + "'", "2: NO_TIME'2957004'");
		try (SavedWorkbook read = open(workbook)) {
			assertThat(read.since1904()).isTrue();
		}
		try (SavedWorkbook read = open(new RawWorkbook())) {
			assertThat(read.since1904()).isFalse();
		}
	}

	@Test
	void rowsHaveTheirNumbersAndPlacesEvenWhereNobodyWroteThem() throws IOException {
		String cell = "<c><v>1</v></c>";
		assertThat(rows(new RawWorkbook().rows("<row>" + cell + "<c r=\"D1\"><v>4</v></c>" + cell + "</row><row/>"
				+ "<row><c/></row><row r=\"7\" hidden=\"true\">" + cell + "</row><row hidden=\"0\">" + cell
				+ "</row>")))
			.containsExactly("1: NUMBER'1', nothing, nothing, NUMBER'4', NUMBER'1'", "7 hidden: NUMBER'1'",
					"8: NUMBER'1'");
	}

	@Test
	void onlyNeededColumnsAreRead() throws IOException {
		RawWorkbook workbook = new RawWorkbook()
			.rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>x</v></c><c><v>2</v></c></row>"
					+ "<row><c><v>x</v></c></row>");
		try (SavedWorkbook read = open(workbook); SavedSheet sheet = read.sheet(0)) {
			assertThat(shown(sheet.next())).isEqualTo("1: NUMBER'1', NUMBER'2'");
			sheet.limitTo((column) -> column == 1);
			assertThat(shown(sheet.next())).isEqualTo("2: nothing, NUMBER'2'");
			assertThat(sheet.next()).isNull();
		}
	}

	@Test
	void mergedCellsAreKnownAfterTheRows() throws IOException {
		List<MergedCells> merged = new ArrayList<>();
		try (SavedWorkbook read = open(new RawWorkbook().replace(RawWorkbook.SHEET, "</sheetData>",
				"</sheetData><mergeCells><mergeCell ref=\"B2:C3\"/><mergeCell ref=\"D9\"/></mergeCells>"));
				SavedSheet sheet = read.sheet(0)) {
			sheet.whenMerged(merged::add);
			assertThat(sheet.next()).isNotNull();
			assertThat(merged).isEmpty();
			assertThat(sheet.next()).isNull();
		}
		assertThat(merged).containsExactly(new MergedCells("B2:C3", 2, 3), new MergedCells("D9", 9, 9));
		assertThat(Stream.of(1, 2, 3, 4).filter(merged.get(0)::touches)).containsExactly(2, 3);
	}

	@Test
	void placesAreAsInTheProgram() {
		assertThat(new SavedRow(7, false, List.of()).place(27)).isEqualTo("AB7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
			"<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>", "<row r='2'/><row r='2'/>",
			"<row r='2'/><row r='1'/>", "<row r='0'/>", "<row r='-1'/>", "<row r='1048577'/>", "<row r='x'/>",
			"<row><c r='XFE1'><v>1</v></c></row>", "<row><c r='ZZZZZZZ1'><v>1</v></c></row>",
			"<row><c s='x'><v>1</v></c></row>", "<row><c><v>1</v></row>", "<row><c><v>&nbsp;</v></c></row>" })
	void aRowWithPlacesThatContradictEachOther(String rows) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> rows(new RawWorkbook().rows(rows)))
			.withMessage("f.xlsx: is not an XLSX file, or is damaged; save it again");
	}

	@ParameterizedTest
	@CsvSource({ "t='s', 1, refers to a missing text", "t='s', -1, refers to a missing text",
			"t='s', x, refers to a missing text", "t='n', x, 'is no number, though it says so'",
			"t='n', '', 'is no number, though it says so'" })
	void aCellThatContradictsItsFile(String type, String value, String problem) {
		assertThatExceptionOfType(Failure.class).isThrownBy(
				() -> rows(new RawWorkbook().rows("<row r='3'><c r='C3' " + type + "><v>" + value + "</v></c></row>")))
			.withMessage("f.xlsx: cell C3 " + problem + ": the file is damaged; save it again");
	}

	/** Otherwise a program that obeys the declaration would see other values. */
	@Test
	void declaredEntitiesAreRefused() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> rows(new RawWorkbook().part(RawWorkbook.SHEET,
					"<!DOCTYPE worksheet [<!ENTITY e 'x'>]><worksheet><sheetData/></worksheet>")))
			.withMessage("f.xlsx: is not an XLSX file, or is damaged; save it again");
	}

	private SavedWorkbook open(RawWorkbook workbook) throws IOException {
		return SavedWorkbook.open("f.xlsx", workbook.write(this.folder.resolve("f.xlsx")), "save it again");
	}

	private List<String> rows(RawWorkbook workbook) throws IOException {
		List<String> rows = new ArrayList<>();
		try (SavedWorkbook read = open(workbook); SavedSheet sheet = read.sheet(0)) {
			for (SavedRow row = sheet.next(); row != null; row = sheet.next()) {
				rows.add(shown(row));
			}
		}
		return rows;
	}

	private static String shown(@Nullable SavedRow row) {
		return (row != null) ? row.number() + (row.hidden() ? " hidden: " : ": ")
				+ row.cells().stream().map(SavedSheetTests::shown).collect(Collectors.joining(", ")) : "no row";
	}

	private static String shown(@Nullable SavedCell cell) {
		return (cell != null) ? cell.kind() + "'" + cell.text() + "'" + (cell.formula() ? " formula" : "") : "nothing";
	}

}
