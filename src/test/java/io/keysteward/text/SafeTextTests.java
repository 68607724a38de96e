package io.keysteward.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeTextTests {

	@ParameterizedTest
	@ValueSource(ints = { 0x0000, 0x0007, 0x000A, 0x000D, 0x007F, 0x0085, 0x200B, 0x200E, 0x202A, 0x202E, 0x2028,
			0x2066, 0x2069, 0xFEFF, 0xFFFE, 0xD800, 0xDFFF })
	void whatHidesIsWrittenOut(int character) {
		String text = "a" + new String(Character.toChars(character)) + "b";
		assertThat(SafeText.visible(text)).isEqualTo(String.format("a\\u%04Xb", character));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nightly export", "支付", "مفتاح", "می‌خواهم", "👩‍💻 laptop", "naïve ß İ" })
	void whatPeopleWriteIsLeftAlone(String text) {
		assertThat(SafeText.visible(text)).isEqualTo(text);
	}

	@Test
	void anEscapeSequenceCannotReachATerminal() {
		assertThat(SafeText.visible("\u001B[31mred")).isEqualTo("\\u001B[31mred");
	}

}
