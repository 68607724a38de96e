package io.keysteward.policy.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.RuleContext;
import io.keysteward.policy.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnnamedRuleTests {

	private static final PolicySettings.Unnamed DEFAULTS = new PolicySettings.Unnamed(null, null, null);

	private final UnnamedRule rule = new UnnamedRule();

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t\n", "\u00A0", "\u3000", "\u200B\u200D", "\uFEFF", "\u0000\u0007", "\u202E",
			"\u3164", "\u2800", "\u00AD", "\uFE0F" })
	void aNameOfWhichNothingIsSeenIsBlank(@Nullable String name) {
		assertThat(reason(name)).isEqualTo("Name is blank (BLANK).");
	}

	@ParameterizedTest
	@ValueSource(strings = { "test", "TEST", " Test ", "ｔｅｓｔ", "te\u200Bst", "test1", "Test 2", "test-3", "TEST_copy",
			"test (1)", "test copy 2", "Copy of test", "test 2 (copy)", "API key 1", "KEY 1", "key2", "api_key",
			"Api.Key", "Browser key (auto created by Firebase)", "My New API Key", "New Admin Key", "my-api-key",
			"Default", "Untitled", "Unnamed API key", "-", "--", "...", "?", "N/A", "n.a.", "undefined", "qwerty",
			"asdf", "aaa", "foo", "foobar2", "测试", "测试 2", "测试(1)", "测试副本", "默认", "未命名", "密钥", "新建", "テスト", "테스트",
			"تجربة", "مفتاح جديد", "тест", "Schlüssel", "SCHLÜSSEL", "CLÉ", "UNT\u0130TLED" })
	void aNameThatSaysNothingIsAPlaceholder(String name) {
		assertThat(reason(name)).startsWith("Name is a placeholder (PLACEHOLDER): ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000",
			"{550e8400-e29b-41d4-a716-446655440000}", "0123456789abcdef", "0xDEADBEEFDEADBEEF",
			"01ARZ3NDEKTSV4RRFFQ69G5FAV", "api-key-20251013142726", "api-key-20251013", "API-KEY-20251013142726123",
			"42", "20251013", "２０２５１０１３", "٢٠٢٦", "2025-10-13", "13.10.2025", "10/13/2025", "2025-10",
			"2025-10-13T14:27:26Z", "2025-10-13 14:27", "2025年10月13日", "550e8400-e29b-41d4-a716-44665544000",
			"q7Xb_2kLr9-TzW4nPc8vYd1e", "sk-live-9f86d081884c7d65", "key_20240101123456", "token-a8f5f167f44f4964",
			"apikey-1717430400000", "cjld2cjxh0000qzrmn831i7rn", "AKIAIOSFODNN7EXAMPLE", "sk-****9f86",
			"20250513-1427" })
	void aNameThatAMachineChoseIsGenerated(String name) {
		assertThat(reason(name)).startsWith("Name is generated (GENERATED): ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "key-0001", "KEY-0001", " key-0001 ", "sk-a****wxyz", "SK-A****WXYZ" })
	void aNameThatRepeatsTheIdOrTheMaskIsNone(String name) {
		assertThat(reason(name)).startsWith("Name repeats the key's id or mask (EQUALS_ID): ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", "x", "支", "a支", "\uD801\uDC37" })
	void aNameBelowTheLeastLengthIsTooShort(String name) {
		assertThat(reason(name)).startsWith("Name is shorter than 3 characters (TOO_SHORT): ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "latest", "contest", "testing-payments-prod", "attestation", "test-payments",
			"my-key-vault", "keynote", "defaults-service", "tokenizer", "支付", "支付宝", "测试环境支付", "订单服务-生产", "결제",
			"بوابة الدفع", "فوترة", "Überweisung", "abc-billing", "photocopy", "copywriter", "web3", "route53",
			"top-10-report", "prod", "cafe", "deadbeef", "01ARZ3NDEKTSV4RRFFQ69G5FA-prod",
			"api-key-20251013142726-billing", "api-key-billing", "2025-budget", "10.0.0.1", "billing key-0001", "ml0",
			"test (prod", "q1 2026 close", "payments test runner token", "#4711", "v1.2.3" })
	void aNearMissIsAGoodName(String name) {
		assertThat(judge(name)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1,x,", "2,ab,", "3,ab,TOO_SHORT", "5,abcd,PLACEHOLDER", "5,wxrz,TOO_SHORT", "5,vwxrz,", "9,支付,",
			"2,支,TOO_SHORT" })
	void theLeastLengthIsTheSettings(int minLength, String name, @Nullable String code) {
		Optional<Finding> finding = judge(name, new PolicySettings.Unnamed(minLength, null, null));
		assertThat(finding.map(Finding::reason).orElse("")).contains((code != null) ? "(" + code + ")" : "");
		assertThat(finding.isPresent()).isEqualTo(code != null);
	}

	@Test
	void aConventionIsMatchedAsAWholeAndAgainstTheNameAsWritten() {
		PolicySettings.Unnamed convention = new PolicySettings.Unnamed(null, "(PROD|dev)-[a-z]+", null);
		assertThat(judge("PROD-billing", convention)).isEmpty();
		assertThat(judge(" dev-billing ", convention)).isEmpty();
		assertThat(judge("prod-billing", convention).orElseThrow().reason())
			.isEqualTo("Name is against the convention '(PROD|dev)-[a-z]+' (CONVENTION): 'prod-billing'.");
		assertThat(judge("dev-billing-2", convention)).isPresent();
		assertThat(judge("x-dev-billing", convention)).isPresent();
	}

	@Test
	void aBlankConventionIsNone() {
		assertThat(judge("anything goes", new PolicySettings.Unnamed(null, " ", null))).isEmpty();
	}

	@Test
	void anAllowedNameIsGoodHoweverItIsWrittenButBlankNeverIs() {
		PolicySettings.Unnamed allowed = new PolicySettings.Unnamed(null, "prod-.*", List.of("S3", "Test  Key"));
		assertThat(judge("s3", allowed)).isEmpty();
		assertThat(judge("ＴＥＳＴ KEY", allowed)).isEmpty();
		assertThat(judge("test key 2", allowed)).isPresent();
		assertThat(judge(" ", allowed)).isPresent();
	}

	@Test
	void theSourcesOwnShapesAreGeneratedToo() {
		List<Predicate<String>> shapes = List.of((name) -> name.matches("svc-[0-9]+"));
		SourceTraits source = TestKeys.names(EnumSet.allOf(KeyColumn.class), true, shapes);
		assertThat(judge("SVC-17", DEFAULTS, source).orElseThrow().reason())
			.isEqualTo("Name is generated (GENERATED): 'SVC-17'.");
		assertThat(judge("svc-billing", DEFAULTS, source)).isEmpty();
	}

	@Test
	void namesAreNotJudgedWhereTheSourceHasNoneOrSaysSo() {
		assertThat(judge(null, DEFAULTS, TestKeys.without(KeyColumn.NAME))).isEmpty();
		assertThat(judge(null, DEFAULTS, TestKeys.names(EnumSet.allOf(KeyColumn.class), false, List.of()))).isEmpty();
	}

	@Test
	void theReasonQuotesTheNameCutAndOnOneLine() {
		assertThat(reason("test")).isEqualTo("Name is a placeholder (PLACEHOLDER): 'test'.");
		assertThat(reason("test\r\n\u202E1"))
			.isEqualTo("Name is a placeholder (PLACEHOLDER): 'test\uFFFD\uFFFD\uFFFD1'.");
		String key = "\uD801\uDC37";
		assertThat(judge(key.repeat(61), new PolicySettings.Unnamed(100, null, null)).orElseThrow().reason())
			.isEqualTo("Name is a placeholder (PLACEHOLDER): '" + key.repeat(60) + "…'.");
		assertThat(judge(key.repeat(60), new PolicySettings.Unnamed(100, null, null)).orElseThrow().reason())
			.endsWith(key.repeat(60) + "'.");
	}

	@Test
	void onlyTheBeginningOfAVeryLongNameIsMatched() {
		PolicySettings.Unnamed convention = new PolicySettings.Unnamed(null, "a{512}", null);
		assertThat(judge("a".repeat(511) + "b", convention)).isPresent();
		assertThat(reason("a".repeat(600))).contains("GENERATED");
		assertThat(reason("a".repeat(512) + "z".repeat(40_000))).contains("GENERATED");
		assertThat(judge("\uFDFA".repeat(40_000))).isEmpty();
	}

	@Test
	void sharpSIsDoubleSAndTheDottedCapitalIIsI() {
		assertThat(NormalizedName.normalize("Straße")).isEqualTo(NormalizedName.normalize("STRASSE"))
			.isEqualTo("strasse");
		assertThat(NormalizedName.normalize("T\u0130TLE")).isEqualTo("title");
		assertThat(NormalizedName.normalize("  A \t B\u00A0\u3000C ")).isEqualTo("a b c");
	}

	private String reason(@Nullable String name) {
		Finding finding = judge(name).orElseThrow();
		assertThat(finding).isEqualTo(Finding.warn("UNNAMED", finding.reason()));
		return finding.reason();
	}

	private Optional<Finding> judge(@Nullable String name) {
		return judge(name, DEFAULTS);
	}

	private Optional<Finding> judge(@Nullable String name, PolicySettings.Unnamed settings) {
		return judge(name, settings, TestKeys.SOURCE);
	}

	private Optional<Finding> judge(@Nullable String name, PolicySettings.Unnamed settings, SourceTraits source) {
		Policy policy = Policy.of(new PolicySettings("default", null, null, null, null, settings, null, List.of()));
		KeyRecord key = TestKeys.key(name, TestKeys.AS_OF, Usage.UNKNOWN, KeyStatus.ACTIVE, "team");
		return this.rule.judge(key, new RuleContext(TestKeys.AS_OF, policy.base(), source));
	}

}
