package io.keysteward;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The map of the design, held against the code.
 */
class ArchitectureTests {

	private static final String ROOT = "io.keysteward";

	/** Who may use whom; sub-packages belong to their package. */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries(Map.entry("key", Set.of()),
			Map.entry("yaml", Set.of("key")), Map.entry("policy", Set.of("key", "yaml")),
			Map.entry("source", Set.of("key", "yaml")), Map.entry("run", Set.of("key")),
			Map.entry("lock", Set.of("key")), Map.entry("inventory", Set.of("key", "policy", "run")),
			Map.entry("finding", Set.of("key", "policy", "inventory", "run")),
			Map.entry("disabling", Set.of("key", "policy", "source", "run", "finding")),
			Map.entry("notice", Set.of("key", "yaml", "finding", "run", "disabling", "report")),
			Map.entry("report", Set.of("key", "inventory", "finding", "run", "disabling")),
			Map.entry("metrics", Set.of("key", "run", "disabling")),
			Map.entry("job",
					Set.of("key", "policy", "source", "run", "lock", "inventory", "finding", "disabling", "notice",
							"report", "metrics")),
			Map.entry("cli", Set.of("key", "policy", "source", "run", "inventory", "finding", "disabling", "notice",
					"report", "metrics", "job")));

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void everyPackageHasItsPlaceOnTheMap() {
		assertThat(packages()).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
	}

	@ParameterizedTest
	@MethodSource("packages")
	void aPackageUsesOnlyWhatTheMapAllows(String name) {
		Set<String> allowed = ARROWS.getOrDefault(name, Set.of());
		noClasses().that()
			.resideInAPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat(new DescribedPredicate<JavaClass>("are outside of " + allowed) {
				@Override
				public boolean test(JavaClass used) {
					String target = room(used);
					return target != null && !target.equals(name) && !allowed.contains(target);
				}
			})
			.check(CLASSES);
	}

	@Test
	void theNounsKnowTheJdkOnly() {
		noClasses().that()
			.resideInAPackage(ROOT + ".key..")
			.should()
			.dependOnClassesThat()
			.resideOutsideOfPackages("java..", "org.jspecify..", ROOT + ".key..")
			.check(CLASSES);
	}

	@Test
	void keyAndPolicyKnowNoDatabaseAndNoBatch() {
		noClasses().that()
			.resideInAnyPackage(ROOT + ".key..", ROOT + ".policy..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..",
					"org.springframework.batch..")
			.check(CLASSES);
	}

	@Test
	void onlyTheReportKnowsPoi() {
		onlyIn("report", "org.apache.poi..");
	}

	@Test
	void onlyNoticeKnowsMail() {
		onlyIn("notice", "jakarta.mail..", "org.springframework.mail..");
	}

	@Test
	void onlyMetricsKnowsMicrometer() {
		onlyIn("metrics", "io.micrometer..", "io.prometheus..");
	}

	@Test
	void onlyJobAndCliKnowSpringBatch() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".job..", ROOT + ".cli..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.batch.core..")
			.check(CLASSES);
	}

	@Test
	void onlyWhereARunIsOpenedIsThereAClock() {
		Set<Class<?>> clocks = Set.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class,
				ZonedDateTime.class, Clock.class);
		List<String> readings = CLASSES.stream()
			.filter((type) -> !"job".equals(room(type)))
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> (clocks.stream().anyMatch((clock) -> call.getTargetOwner().isEquivalentTo(clock))
					&& (call.getName().equals("now") || call.getName().startsWith("system")))
					|| call.getName().equals("currentTimeMillis"))
			.map(JavaAccess::getDescription)
			.toList();
		assertThat(readings).isEmpty();
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> unmarked = CLASSES.stream()
			.map(JavaClass::getPackage)
			.filter((candidate) -> !candidate.isAnnotatedWith(NullMarked.class))
			.map((candidate) -> candidate.getName())
			.collect(Collectors.toSet());
		assertThat(unmarked).isEmpty();
	}

	private static void onlyIn(String name, String... libraries) {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(libraries)
			.check(CLASSES);
	}

	private static Set<String> packages() {
		return CLASSES.stream().map(ArchitectureTests::room).flatMap(Stream::ofNullable).collect(Collectors.toSet());
	}

	/** The first package name below the root; null in the root and outside. */
	private static @Nullable String room(JavaClass type) {
		String name = type.getPackageName();
		if (!name.startsWith(ROOT + ".")) {
			return null;
		}
		String below = name.substring(ROOT.length() + 1);
		int dot = below.indexOf('.');
		return (dot < 0) ? below : below.substring(0, dot);
	}

}
