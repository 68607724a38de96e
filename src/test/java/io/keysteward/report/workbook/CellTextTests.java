package io.keysteward.report.workbook;

import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CellTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "orders export", "Größe – naïve", "日本語", "key 🔑 of 👩‍🚀", "a_b_c", "_x12_",
			"_xZZZZ_", "=cmd|' /C calc'!A0", "it's" })
	void harmlessTextStaysAsItIs(String text) {
		assertThat(CellText.cell(text)).isEqualTo(text);
	}

	@Test
	void whatHidesIsMadeVisible() {
		assertThat(CellText.cell("a\u0007b")).isEqualTo("a\\u0007b");
		assertThat(CellText.cell("abc\u202Efdp.exe")).isEqualTo("abc\\u202Efdp.exe");
		assertThat(CellText.cell("\u2066x\u2069")).isEqualTo("\\u2066x\\u2069");
		assertThat(CellText.cell("a\u200Bb\uFEFF")).isEqualTo("a\\u200Bb\\uFEFF");
		assertThat(CellText.cell("\tx\u009B\uFFFE\uFFFF")).isEqualTo("\\u0009x\\u009B\\uFFFE\\uFFFF");
		assertThat(CellText.cell("half \uD83D of a pair")).isEqualTo("half \\uD83D of a pair");
		assertThat(CellText.cell("\uDD11\uD83D")).isEqualTo("\\uDD11\\uD83D");
	}

	@Test
	void lineBreaksAreShownAndDoNotBreakTheLine() {
		assertThat(CellText.cell("a\nb\r\nc\rd\u2028e\u2029f\u0085g")).isEqualTo("a⏎b⏎c⏎d⏎e⏎f⏎g");
	}

	@ParameterizedTest
	@CsvSource({ "_x003D_1+1, _x005F_x003D_1+1", "a_x000a_b, a_x005F_x000a_b", "__x0041_, __x005F_x0041_",
			"_x0041_x0042_, _x005F_x0041_x005F_x0042_", "_x005F_x003D_, _x005F_x005F_x005F_x003D_" })
	void whatTheFormatTakesForAnEscapeIsEscaped(String text, String cell) {
		assertThat(CellText.cell(text)).isEqualTo(cell);
		assertThat(new XSSFRichTextString(cell).getString()).as("read back").isEqualTo(text);
	}

	@Test
	void textAsLongAsACellIsKeptWhole() {
		assertThat(CellText.cell("x".repeat(32_767))).hasSize(32_767).doesNotContain("cut");
	}

	@Test
	void longerTextIsCutBetweenCharactersAndSaysSo() {
		String cut = CellText.cell("🔑".repeat(20_000));
		assertThat(cut).hasSizeLessThanOrEqualTo(32_767).endsWith("🔑 … [cut here]");
		assertThat(CellText.cell("\u0007".repeat(10_000))).endsWith("\\u0007 … [cut here]");
		assertThat(CellText.cell("_x0041_".repeat(5_000))).hasSizeLessThanOrEqualTo(32_767)
			.matches("(?s)(_x005F_x0041_)+(_x005F_)?(x0041?_?|x00?|x)? … \\[cut here]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "＝1", "＋1", "－1", "＠x", "\u3000=1" })
	void aCsvFieldNeverStartsAFormula(String text) {
		assertThat(CellText.startsLikeFormula(text)).isTrue();
		assertThat(CellText.csv(text)).isEqualTo("'" + text);
	}

	@Test
	void aCsvFieldShowsTabsAndLineBreaksInPlaceOfStartingWithThem() {
		assertThat(CellText.csv("\t=1+1")).isEqualTo("\\u0009=1+1");
		assertThat(CellText.csv("\n=1+1")).isEqualTo("⏎=1+1");
		assertThat(CellText.csv("_x003D_")).isEqualTo("_x003D_");
	}

}
