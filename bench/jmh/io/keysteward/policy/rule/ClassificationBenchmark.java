package io.keysteward.policy.rule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.TestKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it takes to judge one key by every rule: of a thousand, fifteen of a hundred are
 * flagged.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClassificationBenchmark {

	private static final int KEYS = 1000;

	private final Classifier classifier = new Classifier(
			List.of(new IdleRule(), new UnnamedRule(), new OrphanedRule(), new AgedRule()),
			Policy.of(TestSettings.of(PolicySettings.class)), TestKeys.SOURCE, TestKeys.AS_OF, TestKeys.AS_OF,
			Exemptions.none(TestKeys.AS_OF));

	private final List<KeyRecord> keys = IntStream.range(0, KEYS).mapToObj(ClassificationBenchmark::key).toList();

	@Benchmark
	@OperationsPerInvocation(KEYS)
	public void judged(Blackhole hole) {
		for (KeyRecord key : this.keys) {
			Classification judged = this.classifier.classify(key);
			hole.consume(judged);
		}
	}

	private static KeyRecord key(int number) {
		int unused = (number % 100 < 12) ? 120 : 5;
		String name = (number % 100 < 15 && number % 100 >= 12) ? "test" : "prod-invoice-export-" + number;
		return TestKeys.key(name, TestKeys.AS_OF.minus(Duration.ofDays(300)),
				Usage.used(TestKeys.AS_OF.minus(Duration.ofDays(unused))), KeyStatus.ACTIVE, "team");
	}

}
