package io.keysteward.source.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A workbook's shared strings are found by their numbers, and never fill the memory.
 */
class SharedTextsTests {

	private static final int MEGABYTE = 1 << 20;

	/** Four megabytes, and one for their places. */
	private static final int TEXTS = 100_000;

	@Test
	void eachTextIsFoundByItsNumber() throws Exception {
		SharedTexts texts = read(8 * MEGABYTE);
		assertThat(texts.get(0)).isEqualTo("text 0 ü " + "x".repeat(30));
		assertThat(texts.get(TEXTS - 1)).isEqualTo("text " + (TEXTS - 1) + " ü " + "x".repeat(30));
		assertThat(texts.get(TEXTS)).isNull();
		assertThat(texts.get(-1)).isNull();
	}

	@Test
	void moreTextsThanTheirShareOfMemoryAreRefusedInOneLine() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> read(3 * MEGABYTE))
			.satisfies((failure) -> assertThat(failure.line()).isEqualTo("keys.xlsx: its texts take more than 3 MB of"
					+ " memory, a third of what Java has; export it as CSV, or give Java more (-Xmx)"));
	}

	private static SharedTexts read(long most) throws IOException, XMLStreamException {
		String xml = IntStream.range(0, TEXTS)
			.mapToObj((number) -> "<si><t>text " + number + " ü " + "x".repeat(30) + "</t></si>")
			.collect(Collectors.joining("", "<sst>", "</sst>"));
		return SharedTexts.read("keys.xlsx", most, XMLInputFactory.newDefaultFactory(),
				new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
	}

}
