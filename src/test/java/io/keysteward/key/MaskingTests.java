package io.keysteward.key;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTests {

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "   ", "igAA", "...igAA", "****", "**********************", "sk-ant-api03-R2D...igAA",
			"sk-ant-api03-R2D…igAA", "AKIA****MPLE", "AKIA************MPLE", "sk-proj-••••••••••••abcd",
			"xxxxxxxxxxxxabcd", "XXXX-XXXX-XXXX-1234", "sk-####abcd", "pk_live_⋯wxyz", "＊＊＊＊＊＊＊＊abcd",
			"github_pat_11ABCDE...wxyz" })
	void aHintOfAVendorIsNoSecret(String hint) {
		assertThat(Masking.showsSecret(hint)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefghijkl", "sk-ant-api03-R2D2Cq7bTx9vJ0wYk3LmNpQrStUvWxYz-igAA",
			"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "550e8400-e29b-41d4-a716-446655440000",
			"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln", "  AKIAIOSFODNN7EXAMPLE  ", "-----BEGIN PRIVATE KEY-----",
			"Pa*sword-with-one-star", "a·secret·with·dots" })
	void aWholeSecretIsOne(String secret) {
		assertThat(Masking.showsSecret(secret)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "****abcdefghijklmnopqrst", "Bearer ***sk-0123456789abcdefghij",
			"abcdefghijklmnop**qrstuvwxyz012345", "abcdefghijk**lmnopqrstuv**wxyz012345" })
	void aSecretWithAHoleInItIsStillOne(String secret) {
		assertThat(Masking.showsSecret(secret)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "abcdefghijk,false", "abcdefghijkl,true", "****abcdefghijklmnopqrs,false",
			"****abcdefghijklmnopqrst,true", "abcdefghijklmnop**qrstuvwxyz01234,false",
			"abcdefghijklmnop**qrstuvwxyz012345,true" })
	void theBoundariesAreTwelveTwentyAndThirtyTwo(String value, boolean secret) {
		assertThat(Masking.showsSecret(value)).isEqualTo(secret);
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
		assertThat(Masking.showsSecret(key.repeat(11))).isFalse();
		assertThat(Masking.showsSecret(key.repeat(12))).isTrue();
	}

	/** The rule as one pattern, which is slower than going through the characters. */
	@Test
	void whatHidesIsTwoMasksAnEllipsisThreeFullStopsOrFourCrosses() {
		Pattern hidden = Pattern.compile("[*＊∗•●∙·⋅✱█■#]{2,}|[…⋯]+|\\.{3,}|[xX]{4,}");
		String alphabet = "aB7xX.*#•…⋯·😀 ";
		int[] characters = alphabet.codePoints().toArray();
		Random random = new Random(20261127);
		int secrets = 0;
		for (int i = 0; i < 200_000; i++) {
			StringBuilder value = new StringBuilder();
			int length = random.nextInt(45);
			while (value.length() < length) {
				int character = characters[random.nextInt(characters.length)];
				for (int times = random.nextInt(9); times >= 0; times--) {
					value.appendCodePoint(character);
				}
			}
			boolean secret = showsSecret(hidden, value.toString().strip());
			secrets += secret ? 1 : 0;
			assertThat(Masking.showsSecret(value.toString())).as(value.toString()).isEqualTo(secret);
		}
		assertThat(secrets).isBetween(5_000, 195_000);
	}

	private static boolean showsSecret(Pattern hidden, String value) {
		if (value.codePointCount(0, value.length()) < 12) {
			return false;
		}
		String[] runs = hidden.split(value, -1);
		int[] lengths = Arrays.stream(runs).mapToInt((run) -> run.codePointCount(0, run.length())).toArray();
		return runs.length == 1 || Arrays.stream(lengths).anyMatch((length) -> length >= 20)
				|| Arrays.stream(lengths).sum() >= 32;
	}

}
