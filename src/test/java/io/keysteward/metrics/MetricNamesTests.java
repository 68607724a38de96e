package io.keysteward.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written about metrics names those that there are. That each of them is pushed
 * is what {@link MetricsTests} sees.
 */
class MetricNamesTests {

	private static final Pattern NAME = Pattern.compile("\\bkeysteward(_[a-z]+)+\\b");

	/** Roles of databases have such names too. */
	private static final Set<String> ROLES = Set.of("keysteward_app", "keysteward_owner", "keysteward_reader",
			"keysteward_disabler");

	@Test
	void everyMetricOfAnAlertIsOneThatIsPushed() throws IOException {
		assertThat(named(Path.of("docs/prometheus-rules.yaml"))).hasSizeGreaterThan(5).isSubsetOf(names());
	}

	@Test
	void theManualNamesEveryMetricAndNoOther() throws IOException {
		assertThat(named(Path.of("docs/operations.md"))).isEqualTo(names());
	}

	@Test
	void whatTheRulesAreTriedWithIsPushedToo() throws IOException {
		assertThat(named(Path.of("src/test/resources/prometheus/prometheus-rules-test.yaml"))).isSubsetOf(names());
	}

	@Test
	void everyAlertSaysWhatToDo() throws IOException {
		List<String> lines = Files.readAllLines(Path.of("docs/prometheus-rules.yaml"));
		long alerts = lines.stream().filter((line) -> line.strip().startsWith("- alert:")).count();
		assertThat(lines.stream().filter((line) -> line.strip().startsWith("description:"))).hasSize((int) alerts);
	}

	static Set<String> names() {
		PrometheusNamingConvention convention = new PrometheusNamingConvention();
		return Arrays.stream(Metric.values())
			.map((metric) -> convention.name(metric.id(), Meter.Type.GAUGE, metric.unit()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> named(Path file) throws IOException {
		Set<String> names = new TreeSet<>();
		Matcher matcher = NAME.matcher(Files.readString(file));
		while (matcher.find()) {
			names.add(matcher.group());
		}
		names.removeAll(ROLES);
		return names;
	}

}
