package io.keysteward.policy.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

import io.keysteward.policy.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every rule, whichever there are. */
class EveryRuleTests {

	private static final String PACKAGE = "io.keysteward.policy";

	@Test
	void everyRuleIsABeanOfThePackageOfRules() {
		ClassPathScanningCandidateComponentProvider classes = new ClassPathScanningCandidateComponentProvider(false);
		classes.addIncludeFilter(new AssignableTypeFilter(Rule.class));
		assertThat(classes.findCandidateComponents(PACKAGE)).extracting(BeanDefinition::getBeanClassName)
			.isNotEmpty()
			.containsExactlyInAnyOrderElementsOf(beans().stream().map((rule) -> rule.getClass().getName()).toList())
			.allMatch((name) -> name.startsWith(PACKAGE + ".rule."));
	}

	@Test
	void everyPageIsOfARule() throws IOException {
		try (Stream<Path> pages = Files.list(Path.of("docs/rules"))) {
			assertThat(pages.map((page) -> page.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(beans().stream().map((rule) -> rule.code() + ".md").toList());
		}
	}

	@ParameterizedTest
	@MethodSource("beans")
	void everyRuleHasOneTestClass(Rule rule) {
		Path test = Path.of("src/test/java", rule.getClass().getName().replace('.', '/') + "Tests.java");
		assertThat(test).isRegularFile();
	}

	/** Its columns are counted by name, in SQL. */
	@ParameterizedTest
	@MethodSource("beans")
	void everyRuleHasAColumnOfTheSheetProjects(Rule rule) throws IOException {
		Path main = Path.of("src/main/java/io/keysteward");
		assertThat(Files.readString(main.resolve("insight/ProjectRow.java"))).contains("'" + rule.code() + "' = ANY");
		assertThat(Files.readString(Path.of("docs/report.schema.json")))
			.contains("\"" + rule.code().toLowerCase(Locale.ROOT) + "\"");
	}

	@ParameterizedTest
	@MethodSource("beans")
	void everyRulesPageNamesTheStandardsThatItSupports(Rule rule) throws IOException {
		String page = Files.readString(Path.of("docs/rules", rule.code() + ".md"));
		assertThat(page).startsWith("# " + rule.code() + "\n").contains("## What is not judged", "## How to change it");
		assertThat(rule.standards()).isNotEmpty().allSatisfy((standard) -> assertThat(page).contains("- " + standard));
		assertThat(page.toLowerCase()).doesNotContain("complies", "compliant");
	}

	@ParameterizedTest
	@MethodSource("beans")
	void everyRuleSaysItsDefinitionInOneSentence(Rule rule) {
		assertThat(rule.definition()).endsWith(".").doesNotContain("\n", ". ");
	}

	static Collection<Rule> beans() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(PACKAGE)) {
			return context.getBeansOfType(Rule.class).values();
		}
	}

}
