package io.keysteward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.keysteward.config.KeystewardConfiguration;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.stereotype.Component;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The map of the design, held against the code.
 */
class ArchitectureTests {

	private static final String ROOT = "io.keysteward";

	private static final Pattern MAY_USE = Pattern.compile("May use: ([^;]*?)\\. \\*/");

	/** The map in CONTRIBUTING: each package and its row. */
	private static final Map<String, PackageMap.Row> MAP = PackageMap.read()
		.rows()
		.stream()
		.collect(Collectors.toMap(PackageMap.Row::name, Function.identity()));

	private static final Pattern COMPARED = Pattern
		.compile("(?:case |equals(?:IgnoreCase)?\\()\"([A-Z_]+)\"|\"([A-Z_]+)\"\\.equals");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void everyPackageHasItsPlaceOnTheMap() {
		assertThat(packages()).containsExactlyInAnyOrderElementsOf(MAP.keySet());
	}

	/** A component that nobody looks for is not there, which may show late. */
	@Test
	void componentsAreExactlyWhereTheyAreLookedFor() {
		List<String> scanned = List.of(KeystewardConfiguration.class.getAnnotation(ComponentScan.class).value());
		Set<String> components = CLASSES.stream()
			.filter((type) -> type.isMetaAnnotatedWith(Component.class))
			.map(JavaClass::getPackageName)
			.collect(Collectors.toSet());
		assertThat(components)
			.allSatisfy((name) -> assertThat(scanned).anyMatch((root) -> (name + ".").startsWith(root + ".")));
		assertThat(scanned)
			.allSatisfy((root) -> assertThat(components).anyMatch((name) -> (name + ".").startsWith(root + ".")));
	}

	/** An arrow that nobody uses says something that is not so. */
	@ParameterizedTest
	@MethodSource("packages")
	void aPackageUsesExactlyWhatTheMapAllows(String name) {
		PackageMap.Row row = MAP.getOrDefault(name, new PackageMap.Row(name, "", ""));
		if (row.mayUseEverything()) {
			assertThat(used(name)).noneMatch(row.named()::contains);
		}
		else {
			assertThat(used(name)).containsExactlyInAnyOrderElementsOf(row.named());
		}
	}

	@ParameterizedTest
	@MethodSource("packages")
	void aPackageSaysOfItselfWhatTheMapSays(String name) throws IOException {
		if (!name.equals(PackageMap.ROOT)) {
			Path file = Path.of("src/main/java/io/keysteward", name.replace('.', '/'), "package-info.java");
			Matcher declared = MAY_USE
				.matcher(Files.readString(file).replaceAll("\\s+\\* (?!/)", " ").replaceAll("\\s+", " "));
			assertThat(declared.find()).as(file.toString()).isTrue();
			assertThat(MAP).hasEntrySatisfying(name, (row) -> assertThat(declared.group(1)).isEqualTo(row.mayUse()));
		}
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
	void onlyWrittenAndReadWorkbooksKnowPoi() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".report.workbook..", ROOT + ".xlsx..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache.poi..")
			.check(CLASSES);
	}

	@Test
	void onlyTheChannelMailKnowsMail() {
		onlyIn("notice.mail", "jakarta.mail..", "org.springframework.mail..");
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
			// The wiring says which clock it is, and asks it nothing.
			.filter((type) -> !"job".equals(room(type)) && !type.getSimpleName().equals("KeystewardConfiguration"))
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> (clocks.stream().anyMatch((clock) -> call.getTargetOwner().isEquivalentTo(clock))
					&& (call.getName().equals("now") || call.getName().startsWith("system")))
					|| call.getName().equals("currentTimeMillis"))
			.map(JavaAccess::getDescription)
			.toList();
		assertThat(readings).isEmpty();
	}

	/** Whoever renames one would not be told of the place. */
	@Test
	void noConstantOfAnEnumIsComparedAsText() throws IOException {
		Set<String> constants = CLASSES.stream()
			.filter((type) -> type.isEnum() && Set.of("key", "policy", "run", "insight").contains(room(type)))
			.flatMap((type) -> type.getFields().stream())
			.filter((field) -> field.getRawType().isEquivalentTo(field.getOwner().reflect()))
			.map(JavaField::getName)
			.collect(Collectors.toSet());
		assertThat(constants).contains("VIOLATION", "SKIPPED_CHANGED", "NEVER_USED", "BREAKER", "WARNING");
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				assertThat(COMPARED.matcher(Files.readString(file)).results())
					.extracting((compared) -> Objects.requireNonNullElse(compared.group(1), compared.group(2)))
					.as(file.toString())
					.noneMatch(constants::contains);
			}
		}
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

	private static Set<String> used(String name) {
		return CLASSES.stream()
			.filter((type) -> name.equals(room(type)))
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((dependency) -> room(dependency.getTargetClass().getBaseComponentType()))
			.flatMap(Stream::ofNullable)
			.filter((used) -> !used.equals(name))
			.collect(Collectors.toSet());
	}

	/** The package below the root; null outside. */
	private static @Nullable String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? PackageMap.ROOT
				: name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : null;
	}

}
