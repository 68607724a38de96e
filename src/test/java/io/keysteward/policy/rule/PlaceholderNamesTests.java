package io.keysteward.policy.rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceholderNamesTests {

	private final PlaceholderNames placeholders = PlaceholderNames.shipped();

	@Test
	void theListHasAVersionForThePolicysText() {
		assertThat(this.placeholders.version()).matches("[0-9]+");
	}

	@Test
	void everyWordThatMayStandAloneIsAPlaceholder() {
		assertThat(this.placeholders.alone()).hasSizeGreaterThan(1000)
			.doesNotContain("")
			.allMatch(this.placeholders::contains);
	}

	@Test
	void aNumberChangesNothing() {
		assertThat(this.placeholders.alone()).allMatch((name) -> this.placeholders.contains(name + "12"))
			.allMatch((name) -> this.placeholders.contains(name + " (3)"))
			.allMatch((name) -> this.placeholders.contains(name + " #3"))
			.allMatch((name) -> this.placeholders.contains("2 " + name + " v1.0"))
			.allMatch((name) -> this.placeholders.contains(name + " 2024-05-01 12:30"))
			.allMatch((name) -> this.placeholders.contains("copy - " + name));
	}

	@Test
	void oneWordMoreSaysSomething() {
		assertThat(this.placeholders.alone()).noneMatch((name) -> this.placeholders.contains(name + " payroll"))
			.noneMatch((name) -> this.placeholders.contains("payroll " + name))
			.noneMatch((name) -> this.placeholders.contains(name + "payroll"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "my new api key", "meine neue test api schlüssel", "la mia chiave di prova",
			"clé d'api par défaut", "мой новый тестовый ключ", "我的新测试密钥", "テスト用のapiキー", "나의 새 테스트 키" })
	void theWordsOfALanguageComeTogether(String name) {
		assertThat(this.placeholders.contains(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "meine nouvelle prueba", "mon key сlave", "my", "for me", "der api", "de test de",
			"token-de", "test-it", "key-us", "monkey", "turkey", "mikey", "maykey", "newton" })
	void wordsOfTwoLanguagesOrWithoutOneThatStandsDoNot(String name) {
		assertThat(this.placeholders.contains(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "7", "#4711", "billing", "billing 2", "billing copy", "copy billing", "may", "jan",
			"march token", "10.0.3.17", "24/7", "www", "c++", "n8n", "1password", "foobar2000", "смит", "reza" })
	void otherNamesAreNot(String name) {
		assertThat(this.placeholders.contains(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-_-", "????", "(1)", "#2", "-a-", "\uD83D\uDD11", "may 1, 2024", "token 1 may 2024",
			"qwertz", "lkjhgf", "q1w2e3r4", "1qaz2wsx", "abc123", "zzz", "sdfsdf", "хххх", "йцукен" })
	void whatFingersTypeOrNothingButSignsIs(String name) {
		assertThat(this.placeholders.contains(name)).isTrue();
	}

}
