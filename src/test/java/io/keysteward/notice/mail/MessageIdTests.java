package io.keysteward.notice.mail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageIdTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-23, 2026-11-23", "keysteward-29401440, keysteward-29401440", "a.b_c, a.b_c", "a..b, a-b-",
			"a b, a-b-" })
	void aPlainKeyIsKeptAndAnotherIsMadePlain(String key, String start) {
		assertThat(MessageId.plain(key)).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*").startsWith(start);
	}

	@Test
	void keysThatLookAlikeWhenMadePlainStayApart() {
		assertThat(MessageId.plain("a b")).isNotEqualTo(MessageId.plain("a/b")).hasSize("a-b-".length() + 8);
		assertThat(MessageId.plain("x".repeat(300))).hasSize(41).isNotEqualTo(MessageId.plain("x".repeat(301)));
	}

}
