package io.keysteward.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with 128 MB reads or refuses files that unpack to more, and are no bombs by
 * their ratio.
 */
class BoundedMemoryTests {

	private static final int MEGABYTES = 160;

	private static final String TOO_LONG = "f.xlsx: has a text of more than 10 MB, too large for a cell; save it again";

	private static final String DAMAGED = "f.xlsx: is not an XLSX file, or is damaged; save it again";

	private static final String BOMB = "f.xlsx: unpacks to far more than a workbook can hold; save it again";

	private static final String FIRST = "<sst><si><t>x</t></si>";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void manyLongTexts() throws Exception {
		assertThat(read(strings(FIRST, "<si><t>", "</t></si>", "</sst>"))).isEqualTo("1 row, x");
	}

	@Test
	void oneText() throws Exception {
		assertThat(read(strings(FIRST + "<si><t>", "", "", "</t></si></sst>"))).isEqualTo(TOO_LONG);
	}

	@Test
	void oneTextOfManyPieces() throws Exception {
		assertThat(read(strings(FIRST + "<si>", "<r><t>", "</t></r>", "</si></sst>"))).isEqualTo(TOO_LONG);
	}

	@Test
	void oneComment() throws Exception {
		assertThat(read(strings("<sst><!--", "", "", "--></sst>"))).isEqualTo(TOO_LONG);
	}

	@Test
	void oneTag() throws Exception {
		assertThat(read(strings("<sst a='", "", "", "'></sst>"))).isEqualTo(TOO_LONG);
	}

	@Test
	void elementsInElements() throws Exception {
		assertThat(read(new RawWorkbook().large(RawWorkbook.STRINGS, pieces("<sst>", "<b>".repeat(100_000), "", ""))))
			.isEqualTo(DAMAGED);
	}

	@Test
	void aSheetOfOneRowWithOneText() throws Exception {
		RawWorkbook workbook = new RawWorkbook().strings("<si><t>" + noise(4_000_000) + "</t></si>")
			.rows("<row r=\"1\">" + "<c t=\"s\"><v>0</v></c>".repeat(16_000) + "</row>");
		assertThat(read(workbook)).isEqualTo("f.xlsx: row 1 has texts of more than 20 MB; save it again");
	}

	@Test
	void aSheetWithOneCell() throws Exception {
		assertThat(read(new RawWorkbook().large(RawWorkbook.SHEET,
				pieces("<worksheet><row><c t='str'><v>", "", "", "</v></c></row></worksheet>"))))
			.isEqualTo(TOO_LONG);
	}

	@Test
	void stylesAndRelationships() throws Exception {
		assertThat(read(
				new RawWorkbook().large(RawWorkbook.STYLES, pieces("<styleSheet><!--", "", "", "--></styleSheet>"))))
			.isEqualTo(BOMB);
		assertThat(read(new RawWorkbook().large(RawWorkbook.LINKS, pieces("<x><!--", "", "", "--></x>"))))
			.isEqualTo(BOMB);
		assertThat(read(new RawWorkbook().large(RawWorkbook.MAIN, pieces("<x><!--", "", "", "--></x>"))))
			.isEqualTo(BOMB);
	}

	@Test
	void whatIsABombByItsRatio() throws Exception {
		assertThat(read(new RawWorkbook().large(RawWorkbook.SHEET, (out) -> {
			for (int written = 0; written < 30; written++) {
				write(out, " ".repeat(1 << 20));
			}
		}))).isEqualTo(BOMB);
	}

	/** The other process: its class path and its heap are all it has of this one. */
	public static void main(String[] arguments) throws IOException {
		String answer;
		try (SavedWorkbook workbook = SavedWorkbook.open("f.xlsx", Path.of(arguments[0]), "save it again");
				SavedSheet sheet = workbook.sheet(0)) {
			int rows = 0;
			String text = "";
			for (SavedRow row = sheet.next(); row != null; row = sheet.next()) {
				SavedCell cell = row.cells().get(0);
				text = (cell != null) ? cell.text() : "";
				rows++;
			}
			answer = rows + " row, " + text;
		}
		catch (Failure ex) {
			answer = ex.line();
		}
		Files.writeString(Path.of(arguments[1]), answer);
	}

	private String read(RawWorkbook workbook) throws IOException, InterruptedException {
		Path file = workbook.write(this.folder.resolve("f.xlsx"));
		Path answer = this.folder.resolve("answer.txt");
		Path log = this.folder.resolve("process.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				BoundedMemoryTests.class.getName(), file.toString(), answer.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(() -> text(log)).isZero();
		return Files.readString(answer);
	}

	private static String text(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RawWorkbook strings(String start, String before, String after, String end) {
		return new RawWorkbook().large(RawWorkbook.STRINGS, pieces(start, before, after, end));
	}

	/** Each megabyte is the same, and no run of one character: POI's ratio allows it. */
	private static Consumer<OutputStream> pieces(String start, String before, String after, String end) {
		String piece = before + noise(1 << 20) + after;
		return (out) -> {
			write(out, start);
			for (int written = 0; written < MEGABYTES; written++) {
				write(out, piece);
			}
			write(out, end);
		};
	}

	/** Random words of which each stands there some sixty times. */
	private static String noise(int length) {
		Random random = new Random(1);
		StringBuilder noise = new StringBuilder();
		while (noise.length() < length) {
			noise.append(Long.toHexString(random.nextLong()).repeat(60));
		}
		return noise.substring(0, length);
	}

	private static void write(OutputStream out, String text) {
		try {
			out.write(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
