package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private static final String ROOT_ROOM = "(root)";

	private static final Pattern ROW = Pattern.compile("\\| `?([\\w.()]+)`? \\| [^|]+ \\| ([^|]+) \\|");

	private static final Pattern MAY_USE = Pattern.compile("May use: ([^;]*?)\\. \\*/");

	private static final String EVERYTHING = "everything";

	/** The map in CONTRIBUTING: each package, and what it may use, in words. */
	private static final Map<String, String> MAP = map();

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void everyPackageHasItsPlaceOnTheMap() {
		assertThat(packages()).containsExactlyInAnyOrderElementsOf(MAP.keySet());
	}

	/** An arrow that nobody uses says something that is not so. */
	@ParameterizedTest
	@MethodSource("packages")
	void aPackageUsesExactlyWhatTheMapAllows(String name) {
		String allowed = MAP.getOrDefault(name, "");
		Set<String> used = used(name);
		if (allowed.startsWith(EVERYTHING)) {
			assertThat(used).noneMatch(names(allowed.replaceFirst("^everything( but )?", ""))::contains);
		}
		else {
			assertThat(used).containsExactlyInAnyOrderElementsOf(names(allowed.replace("the JDK only", "")));
		}
	}

	@ParameterizedTest
	@MethodSource("packages")
	void aPackageSaysOfItselfWhatTheMapSays(String name) throws IOException {
		if (!name.equals(ROOT_ROOM)) {
			Path file = Path.of("src/main/java/io/keysteward", name.replace('.', '/'), "package-info.java");
			Matcher said = MAY_USE
				.matcher(Files.readString(file).replaceAll("\\s+\\* (?!/)", " ").replaceAll("\\s+", " "));
			assertThat(said.find()).as(file.toString()).isTrue();
			assertThat(said.group(1)).isEqualTo(MAP.get(name));
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
	void onlyTheWorkbookKnowsPoi() {
		onlyIn("report.workbook", "org.apache.poi..");
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

	private static List<String> names(String list) {
		return Arrays.stream(list.split(",")).map(String::strip).filter((name) -> !name.isEmpty()).toList();
	}

	private static Map<String, String> map() {
		try (Stream<String> lines = Files.lines(Path.of("CONTRIBUTING.md"))) {
			return lines.dropWhile((line) -> !line.startsWith("| package `io.keysteward.`"))
				.skip(2)
				.takeWhile((line) -> line.startsWith("|"))
				.map(ROW::matcher)
				.filter(Matcher::matches)
				.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The package below the root; null outside. */
	private static @Nullable String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? ROOT_ROOM : name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : null;
	}

}
