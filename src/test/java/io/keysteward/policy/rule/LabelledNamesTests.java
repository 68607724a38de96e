package io.keysteward.policy.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.RuleContext;
import io.keysteward.policy.TestKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rule against what a reader says of 1 500 names in thirty languages.
 */
class LabelledNamesTests {

	private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9A-F]{4})|\\\\([rnt\\\\])");

	private final UnnamedRule rule = new UnnamedRule();

	@Test
	void hardlyAnUnnamedKeyIsMissedAndHardlyANamedOneBlamed() {
		List<String> missed = new ArrayList<>();
		List<String> blamed = new ArrayList<>();
		int found = 0;
		for (Labelled name : labelled()) {
			boolean unnamed = isUnnamed(name.name());
			found += (unnamed && name.unnamed()) ? 1 : 0;
			if (unnamed != name.unnamed()) {
				(unnamed ? blamed : missed).add(name.kind() + ": " + name.name());
			}
		}
		assertThat(found).isGreaterThan(900);
		assertThat(found / (double) (found + missed.size())).as("recall, without %s", missed).isGreaterThan(0.995);
		assertThat(found / (double) (found + blamed.size())).as("precision, with %s", blamed).isGreaterThan(0.998);
	}

	private boolean isUnnamed(String name) {
		Policy policy = Policy.of(TestSettings.of(PolicySettings.class));
		KeyRecord key = TestKeys.key(name, TestKeys.AS_OF, Usage.UNKNOWN, KeyStatus.ACTIVE, "team");
		RuleContext terms = new RuleContext(TestKeys.AS_OF, policy.base(),
				TestKeys.names(EnumSet.allOf(KeyColumn.class), true, List.of()));
		return this.rule.judge(key, terms).isPresent();
	}

	private static List<Labelled> labelled() {
		try (InputStream file = Objects
			.requireNonNull(LabelledNamesTests.class.getResourceAsStream("labelled-names.tsv"))) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.map((fields) -> new Labelled(fields[0].equals("U"), fields[1], unescaped(fields[2])))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String unescaped(String name) {
		return ESCAPED.matcher(name)
			.replaceAll((escape) -> java.util.regex.Matcher.quoteReplacement((escape.group(1) != null)
					? Character.toString(Integer.parseInt(escape.group(1), 16)) : switch (escape.group(2)) {
						case "r" -> "\r";
						case "n" -> "\n";
						case "t" -> "\t";
						default -> "\\";
					}));
	}

	private record Labelled(boolean unnamed, String kind, String name) {
	}

}
