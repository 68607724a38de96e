package io.keysteward.policy.rule;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedNamesTests {

	private static final String DIGITS = "0123456789";

	private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";

	private static final String BASE_62 = DIGITS + SMALL + SMALL.toUpperCase(Locale.ROOT);

	private static final int DRAWN = 5000;

	private final PlaceholderNames words = PlaceholderNames.shipped();

	private final Random random = new Random(20261128);

	@Test
	void whatIsDrawnByLotIsFoundNearlyAlways() {
		assertThat(share(() -> drawn(BASE_62 + "-_", 21))).as("nanoid").isGreaterThan(0.9);
		assertThat(share(() -> drawn(BASE_62 + "-_", 32))).as("base64url").isGreaterThan(0.92);
		assertThat(share(() -> drawn(BASE_62, 27))).as("KSUID").isGreaterThan(0.97);
		assertThat(share(() -> drawn(SMALL, 1) + drawn(DIGITS + SMALL, 23))).as("cuid2").isGreaterThan(0.94);
		assertThat(share(() -> "c" + drawn(DIGITS + SMALL, 24))).as("cuid").isGreaterThan(0.94);
		assertThat(share(() -> "01" + drawn("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24))).as("ULID").isEqualTo(1);
		assertThat(share(() -> drawn("0123456789abcdef", 16))).as("hex").isEqualTo(1);
	}

	@Test
	void behindAWordThatSaysNothingOrAVendorsPrefixLessIsEnough() {
		assertThat(share(() -> "key-" + drawn("0123456789abcdef", 12))).as("hex").isGreaterThan(0.99);
		assertThat(share(() -> "token_" + drawn(BASE_62, 16))).as("token").isGreaterThan(0.96);
		assertThat(share(() -> "sk-proj-" + drawn(BASE_62, 24))).as("secret").isGreaterThan(0.97);
		assertThat(share(() -> "glpat-" + drawn(BASE_62, 20))).as("secret").isGreaterThan(0.95);
	}

	@ParameterizedTest
	@ValueSource(strings = { "k8s-prod-eu-west-1", "GitHubActionsDeployBot2", "MyAwesomeTodoApplication", "html2canvas",
			"payments-7d9f8c6b5d-x2x4z", "i-0abcd1234ef567890", "DESKTOP-4F7K2QJ", "azure-mgmt-azureadb2c",
			"web01db02cache03", "chromiumhtml2pdf", "sk-payments-eu", "key-eu-west-1", "token-github-actions",
			"hf_inference_bot", "2001:db8::1", "00:1a:2b:3c:4d:5e", "cafe2024", "deadbeef", "key-k8s-prod1",
			"abcd1234-billing-eu-1" })
	void namesWithDigitsAndCapitalsAreNot(String name) {
		assertThat(generated(name)).isFalse();
	}

	private double share(Supplier<String> names) {
		int found = 0;
		for (int i = 0; i < DRAWN; i++) {
			found += generated(names.get()) ? 1 : 0;
		}
		return found / (double) DRAWN;
	}

	private boolean generated(String name) {
		return GeneratedNames.matches(NormalizedName.normalize(name), name, this.words, List.of());
	}

	private String drawn(String alphabet, int length) {
		StringBuilder drawn = new StringBuilder();
		for (int i = 0; i < length; i++) {
			drawn.append(alphabet.charAt(this.random.nextInt(alphabet.length())));
		}
		return drawn.toString();
	}

}
