package io.keysteward.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTests {

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "   ", "igAA", "...igAA", "****", "**********************", "sk-ant-api03-R2D...igAA",
			"sk-ant-api03-R2D…igAA", "AKIA****MPLE", "AKIA************MPLE", "sk-proj-••••••••••••abcd",
			"xxxxxxxxxxxxabcd", "XXXX-XXXX-XXXX-1234", "sk-####abcd", "pk_live_⋯wxyz", "＊＊＊＊＊＊＊＊abcd",
			"github_pat_11ABCDE...wxyz", "default:development.****0fab", "default:production.********",
			"prod:eu1.…9f3c", "sk-live-", "Bearer ****0fab", "550e8400-****", "key_v2_****9f3c", "hidden", "[REDACTED]",
			"<hidden>", "not shown", "(unknown)", "....", "… wxyz" })
	void aMaskIsAMask(@Nullable String mask) {
		assertThat(Masking.showsSecret(mask)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "hunter2", "p@ss W0rd!", "secret1", "abcde", "abcdefghijkl", "12345",
			"sk-ant-api03-R2D2Cq7bTx9vJ0wYk3LmNpQrStUvWxYz-igAA", "AKIAIOSFODNN7EXAMPLE",
			"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "550e8400-e29b-41d4-a716-446655440000",
			"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln", "  AKIAIOSFODNN7EXAMPLE  ", "-----BEGIN PRIVATE KEY-----",
			"Pa*sword-with-one-star", "a·secret·with·dots", "correct-horse-battery-staple", "A1B2-C3D4-E5F6-G7H8" })
	void whatHidesNothingIsTheSecret(String secret) {
		assertThat(Masking.showsSecret(secret)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-live-51Hxyz**********STUVwx9912", "****abcdefghijklmnopqrst", "hunter2**", "**hunter2",
			"Bearer ***sk-0123456789abcdefghij", "abcdefghijklmnop**qrstuvwxyz012345", "A1B2-C3D4-E5F6-****",
			"550e8400-e29b-41d4-****", "xxxxPassw0rd1", "hunter2hunter2…", "default:development.hunter2",
			"verylongwordswithoutend-andothers-andothersagain.****0fab" })
	void whatHidesTooLittleIsStillTheSecret(String secret) {
		assertThat(Masking.showsSecret(secret)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "abcd,false", "abcde,true", "****abcdefgh,false", "****abcdefghi,true", "***abcdef,false",
			"***abcdefg,true", "abcdef...ghijkl,false", "abcdef...ghijklm,true", "ab1-****cdef,false",
			"abc12-****abcd,false", "abcd12-****abcd,true" })
	void theBoundariesAreFourEightTwelveAndTwoForASign(String value, boolean secret) {
		assertThat(Masking.showsSecret(value)).isEqualTo(secret);
	}

	/** docs/masks.md is the definition: each of its examples is as it says. */
	@ParameterizedTest
	@MethodSource("documented")
	void theDocumentIsTrue(String value, boolean mask, @Nullable String becomes) {
		assertThat(Masking.showsSecret(value)).isEqualTo(!mask);
		if (!mask) {
			assertThat(Masking.mask(value)).isEqualTo(becomes);
		}
	}

	static Stream<Arguments> documented() throws IOException {
		Pattern code = Pattern.compile("`([^`]+)`");
		List<Arguments> examples = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("docs/masks.md"))) {
			String[] cells = line.split("\\|");
			if (cells.length >= 4 && cells[2].strip().matches("(yes|no)\\b.*")) {
				boolean mask = cells[2].strip().startsWith("yes");
				Matcher becomes = code.matcher(cells[3]);
				String result = becomes.find() ? becomes.group(1) : null;
				code.matcher(cells[1])
					.results()
					.forEach((value) -> examples.add(Arguments.of(value.group(1), mask, result)));
			}
		}
		assertThat(examples).hasSizeGreaterThan(15);
		return examples.stream();
	}

	@ParameterizedTest
	@CsvSource({ "sk-ant-api03-R2D2Cq7bTx9v-igAA,sk-a****igAA", "AKIAIOSFODNN7EXAMPLE,AKIA****MPLE",
			"'  AKIAIOSFODNN7EXAMPLE ',AKIA****MPLE", "abcdefghijklmnop,abcd****mnop", "abcdefghijkl,abc****jkl",
			"abcdefghijk,****", "abcd,****", "'',****" })
	void maskingKeepsAtMostFourAtEachEndAndNeverMoreThanHalf(String secret, String masked) {
		assertThat(Masking.mask(secret)).isEqualTo(masked);
	}

	@Test
	void whatWasMaskedShowsNoSecretAnyMore() {
		for (int length = 0; length < 200; length++) {
			assertThat(Masking.showsSecret(Masking.mask("s".repeat(length)))).as("length %d", length).isFalse();
		}
	}

	@Test
	void aCharacterOfTwoUnitsIsNeverCutInHalf() {
		String key = "\uD83D\uDD11";
		assertThat(Masking.mask(key.repeat(16))).isEqualTo(key.repeat(4) + "****" + key.repeat(4));
		assertThat(Masking.showsSecret(key.repeat(4))).isFalse();
		assertThat(Masking.showsSecret(key.repeat(5))).isTrue();
	}

	/** The rule as patterns, which are slower than going through the characters. */
	@Test
	void whatHidesIsTwoMasksAnEllipsisThreeFullStopsOrFourCrosses() {
		Pattern hidden = Pattern.compile("[*＊∗•●∙·⋅✱█■#]{2,}|[…⋯]+|\\.{3,}|[xX]{4,}");
		int[] characters = "B7X*#•…⋯·Ж. ".codePoints().toArray();
		Random random = new Random(20261127);
		int secrets = 0;
		for (int i = 0; i < 200_000; i++) {
			StringBuilder value = new StringBuilder("ЖB");
			int length = random.nextInt(30);
			while (value.length() < length) {
				int character = characters[random.nextInt(characters.length)];
				for (int times = random.nextInt(7); times >= 0; times--) {
					value.appendCodePoint(character);
				}
			}
			boolean secret = showsSecret(hidden, value.toString().strip());
			secrets += secret ? 1 : 0;
			assertThat(Masking.showsSecret(value.toString())).as(value.toString()).isEqualTo(secret);
		}
		assertThat(secrets).isBetween(20_000, 180_000);
	}

	/** No word of small letters is in it, so nothing of it is public. */
	private static boolean showsSecret(Pattern hidden, String value) {
		if (value.length() <= 4) {
			return false;
		}
		List<String> signs = hidden.matcher(value).results().map(MatchResult::group).toList();
		int[] runs = Arrays.stream(hidden.split(value, -1))
			.mapToInt((run) -> run.replaceAll("[ .]", "").length())
			.toArray();
		int visible = Arrays.stream(runs).sum();
		if (signs.isEmpty()) {
			return visible > 4;
		}
		boolean open = signs.stream().anyMatch((sign) -> "….⋯".indexOf(sign.charAt(0)) >= 0);
		return Arrays.stream(runs).anyMatch((run) -> run > 8) || visible > 12
				|| (!open && visible > 2 * signs.stream().mapToInt(String::length).sum());
	}

}
