package io.keysteward.report.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RowCountCheckTests {

	private static final String TEXT = "<row <rrow <<row <ro<row ><row";

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 1000 })
	void whatIsReadInPiecesIsCountedOnce(int piece) throws IOException {
		assertThat(RowCountCheck.count(pieces(TEXT, piece), "<row ")).isEqualTo(3);
		assertThat(RowCountCheck.count(pieces("a\n\nb\n", piece), "\n")).isEqualTo(3);
		assertThat(RowCountCheck.count(pieces("", piece), "\n")).isZero();
	}

	private static InputStream pieces(String text, int piece) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
			@Override
			public int read(byte[] bytes, int from, int length) {
				return super.read(bytes, from, Math.min(piece, length));
			}
		};
	}

}
