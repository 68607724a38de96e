package io.keysteward.xlsx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.stream.XMLStreamException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A workbook's shared strings are found by their numbers, in memory or in a file that
 * nobody can read, and that is gone afterwards.
 */
class SharedTextsTests {

	/** Some five megabytes. */
	private static final int TEXTS = 100_000;

	private static final int LONG = 50_000;

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 10_000 })
	void eachTextIsFoundByItsNumberInAnyOrder(int blocksHeld) throws Exception {
		try (SharedTexts texts = read(blocksHeld)) {
			new Random(1).ints(20_000, 0, TEXTS)
				.forEach((number) -> assertThat(texts.get(number)).isEqualTo(text(number)));
			IntStream.range(0, TEXTS).forEach((number) -> assertThat(texts.get(number)).isEqualTo(text(number)));
			assertThat(texts.get(TEXTS)).isNull();
			assertThat(texts.get(-1)).isNull();
		}
	}

	/** Linux shows a file that is open, although its name is gone already. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void theFileHasNoTextAndNoName() throws Exception {
		try (SharedTexts texts = read(1)) {
			assertThat(names()).isEmpty();
			List<Path> open = open();
			assertThat(open).hasSize(1);
			assertThat(Files.size(open.get(0))).isGreaterThan(4 << 20);
			assertThat(new String(Files.readAllBytes(open.get(0)), StandardCharsets.ISO_8859_1)).doesNotContain("text",
					"xxxx");
			assertThat(texts.get(0)).isEqualTo(text(0));
		}
		assertThat(open()).isEmpty();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatFitsIntoMemoryHasNoFile() throws Exception {
		try (SharedTexts texts = read(10_000)) {
			assertThat(texts.get(0)).isEqualTo(text(0));
			assertThat(open()).isEmpty();
		}
	}

	private static List<Path> names() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter(SharedTextsTests::isOurs).toList();
		}
	}

	private static List<Path> open() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.filter(Files::isSymbolicLink).filter(SharedTextsTests::leadsToOurs).toList();
		}
	}

	private static boolean leadsToOurs(Path link) {
		try {
			return isOurs(Files.readSymbolicLink(link));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isOurs(Path file) {
		return String.valueOf(file.getFileName()).matches("keysteward-\\d+\\.part.*");
	}

	/** One of them is longer than a block. */
	private static String text(int number) {
		return "text " + number + " ü " + "x".repeat((number == TEXTS / 2) ? LONG : 30);
	}

	private static SharedTexts read(int blocksHeld) throws XMLStreamException {
		String xml = IntStream.range(0, TEXTS)
			.mapToObj((number) -> "<si><t>" + text(number) + "</t></si>")
			.collect(Collectors.joining("", "<sst>", "</sst>"));
		return SharedTexts.read(new EncryptedBlocks("keys.xlsx"), blocksHeld << 14,
				new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
	}

}
