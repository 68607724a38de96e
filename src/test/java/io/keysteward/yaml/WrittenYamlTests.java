package io.keysteward.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is written in {@code application.yaml} is what is meant.
 */
class WrittenYamlTests {

	private final Path file;

	WrittenYamlTests(@TempDir Path directory) {
		this.file = directory.resolve("application.yaml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0042", "1_000", "0x1F", "0b11", "12:30:45", "16:00", "on", "OFF", "yes", "No", "true",
			"010", "1.50", "1e3", "+1.0e+3", ".5", "1.", ".inf", "-.Inf", ".NaN", "+7", "-0", "0o17", "=", "<<",
			"2026-02-14", "2026-02-14T03:00:00Z", "190:20:30.15", "0.0", "007", "685_230.15", "y", "n" })
	void aTextIsWhatIsWritten(String written) throws IOException {
		Binder properties = read("a:\n  text: " + written + " # or so\n  list: [" + written + ", \"x\", " + written
				+ "]\n  lines:\n    - " + written + "\n    - &anchor " + written + "\n    - *anchor\n  map: { one: "
				+ written + ", \"two\": 'x' }\n");
		assertThat(properties.bind("a.text", String.class).get()).isEqualTo(written);
		assertThat(properties.bind("a.list", Bindable.listOf(String.class)).get()).containsExactly(written, "x",
				written);
		assertThat(properties.bind("a.lines", Bindable.listOf(String.class)).get()).containsOnly(written).hasSize(3);
		assertThat(properties.bind("a.map", Bindable.mapOf(String.class, String.class)).get()).containsEntry("one",
				written);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0042", "1_000", "0x1F", "12:30:45", "on", "No", "1.50", "2026-02-14" })
	void soIsTheKeyOfAMap(String written) throws IOException {
		assertThat(
				read("a.map:\n  " + written + ": x\n  b: y\n").bind("a.map", Bindable.mapOf(String.class, String.class))
					.get())
			.containsOnly(Map.entry(written, "x"), Map.entry("b", "y"));
	}

	@ParameterizedTest
	@CsvSource({ "0587, 587", "010, 10", "12, 12", "-3, -3" })
	void aNumberIsDecimalWhateverItBeginsWith(String written, int number) throws IOException {
		assertThat(read("a: " + written + "\n").bind("a", Integer.class).get()).isEqualTo(number);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1_000", "12:30", "0b11", "1.5", "on" })
	void whatIsNoPlainNumberIsNone(String written) throws IOException {
		Binder properties = read("a: " + written + "\n");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> properties.bind("a", Integer.class));
	}

	@ParameterizedTest
	@CsvSource({ "on, true", "yes, true", "true, true", "TRUE, true", "off, false", "no, false", "false, false" })
	void aSwitchMayBeWrittenInAnyWay(String written, boolean value) throws IOException {
		assertThat(read("a: " + written + "\n").bind("a", Boolean.class).get()).isEqualTo(value);
	}

	@Test
	void timesAndDurationsAreWhatIsWritten() throws IOException {
		Binder properties = read("a:\n  to: 16:00\n  from: 08:30\n  days: 0300d\n");
		assertThat(properties.bind("a.to", LocalTime.class).get()).isEqualTo(LocalTime.of(16, 0));
		assertThat(properties.bind("a.from", LocalTime.class).get()).isEqualTo(LocalTime.of(8, 30));
		assertThat(properties.bind("a.days", Duration.class).get()).isEqualTo(Duration.ofDays(300));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "~", "null", "''" })
	void nothingIsStillNothing(String written) throws IOException {
		assertThat(read("a: " + written + "\n").bind("a", String.class).get()).isEmpty();
	}

	@Test
	void emptyListsIndexesMergesTagsAndQuotesAreAsTheyWere() throws IOException {
		Binder properties = read("base: &base { x: 010, y: \"0x1F\" }\na:\n  <<: *base\n  tagged: !!int 0x1F\n"
				+ "  empty: []\n  by-index:\n    0: zero\n    1: one\n  emoji: [🔑, 010]\n  folded: >-\n    on\n    010\n");
		assertThat(properties.bind("a", Bindable.mapOf(String.class, Object.class)).get()).containsEntry("x", "010")
			.containsEntry("y", "0x1F")
			.containsEntry("tagged", 31)
			.containsEntry("folded", "on 010");
		assertThat(properties.bind("a.empty", Bindable.listOf(String.class)).get()).isEmpty();
		assertThat(properties.bind("a.by-index", Bindable.listOf(String.class)).get()).containsExactly("zero", "one");
		assertThat(properties.bind("a.emoji", Bindable.listOf(String.class)).get()).containsExactly("🔑", "010");
	}

	@Test
	void whereItIsWrittenIsKnown() throws IOException {
		MutablePropertySources sources = sources("a: 010\n\nb:\n  - 1_0\n  - 0x1\n---\nc: on\n");
		assertThat(sources).hasSize(2);
		List<String> places = Stream.of("a", "b[0]", "b[1]", "c").map((name) -> origin(sources, name)).toList();
		assertThat(places).satisfiesExactly((one) -> assertThat(one).contains("application.yaml").endsWith("- 1:4"),
				(two) -> assertThat(two).endsWith("- 4:5"), (three) -> assertThat(three).endsWith("- 5:5"),
				(four) -> assertThat(four).endsWith("- 7:4"));
	}

	@Test
	void everyFileOfPropertiesIsReadSo() throws IOException {
		Path folder = Files.createDirectory(this.file.resolveSibling("folder"));
		Files.writeString(folder.resolve("application.yaml"),
				"spring.config.import: file:" + folder.resolve("more.yml") + "\na: 0042\nboth: 010\n");
		Files.writeString(folder.resolve("application-night.yml"), "b: 1_000\n");
		Files.writeString(folder.resolve("application.properties"), "both: 011\n");
		Files.writeString(folder.resolve("more.yml"), "c: 12:30:45\n");
		Path further = Files.writeString(this.file.resolveSibling("further.yaml"), "d: on\n");
		SpringApplication application = new SpringApplication(Nothing.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		try (ConfigurableApplicationContext context = application.run("--spring.profiles.active=night",
				"--spring.config.location=file:" + folder + "/",
				"--spring.config.additional-location=file:" + further)) {
			assertThat(List.of("a", "b", "c", "d", "both")).map((name) -> context.getEnvironment().getProperty(name))
				.containsExactly("0042", "1_000", "12:30:45", "on", "011");
		}
	}

	@Test
	void aByteOrderMarkAndOtherLineEndsAreRead() throws IOException {
		assertThat(read("\uFEFFa: 010\r\nb: x\r\n").bind("a", String.class).get()).isEqualTo("010");
	}

	@ParameterizedTest
	@CsvSource({ "UTF-16, Zürich, is UTF-16; save it as UTF-8",
			"UTF-16LE, Bern, as if it were UTF-16; save it as UTF-8",
			"ISO-8859-1, Zürich, is not UTF-8; save it as UTF-8" })
	void anotherEncodingIsNamed(Charset encoding, String text, String expected) throws IOException {
		Files.write(this.file, ("a: " + text + "\n").getBytes(encoding));
		refused(expected);
	}

	@Test
	void aFolderInItsPlaceIsNamed() throws IOException {
		Files.createDirectory(this.file);
		refused("is a folder; put a file in its place");
	}

	@Test
	@Timeout(20)
	@EnabledOnOs(OS.LINUX)
	void aPipeADeviceAndAFileWithoutAnEndAreNotWaitedFor() throws Exception {
		assertThat(new ProcessBuilder("mkfifo", this.file.toString()).start().waitFor()).isZero();
		refused("is a pipe or a device; put a file in its place");
		Files.delete(this.file);
		Files.createSymbolicLink(this.file, Path.of("/dev/zero"));
		refused("is a pipe or a device; put a file in its place");
		Files.delete(this.file);
		try (var large = Files.newByteChannel(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			large.position(1L << 30).write(ByteBuffer.wrap(new byte[1]));
		}
		refused("is larger than 3 MB");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aLinkToAFileIsReadAsKubernetesMountsIt() throws IOException {
		Path mounted = Files.createDirectory(this.file.resolveSibling("..2026_11_28"));
		Files.writeString(mounted.resolve("application.yaml"), "a: 010\n");
		Path data = Files.createSymbolicLink(this.file.resolveSibling("..data"), mounted.getFileName());
		Files.createSymbolicLink(this.file, data.getFileName().resolve("application.yaml"));
		assertThat(new WrittenYaml().load("linked", new FileSystemResource(this.file))).singleElement()
			.extracting((source) -> source.getProperty("a"))
			.isEqualTo("010");
	}

	@Test
	@Timeout(20)
	void aliasesThatStandForBillionsAreRefused() throws IOException {
		String bomb = IntStream.range(1, 30)
			.mapToObj((line) -> "a" + line + ": &a" + line + " [*a" + (line - 1) + ", *a" + (line - 1) + "]")
			.collect(Collectors.joining("\n", "a0: &a0 [x, x]\n", "\n"));
		Files.writeString(this.file, bomb);
		refused("stands for more than 100000 values");
	}

	@Test
	void anAliasOfItselfIsRefused() throws IOException {
		Files.writeString(this.file, "a: &a\n  b: [*a]\n");
		refused("an alias in line 1 stands for what it is a part of");
	}

	@Test
	void whatIsNestedTooDeepIsRefused() throws IOException {
		Files.writeString(this.file, "a: " + "[".repeat(501) + "]".repeat(501) + "\n");
		refused("not readable as YAML: Nesting Depth exceeded max 50");
	}

	@Test
	void manySourcesMayShareWhatAnAliasStandsFor() throws IOException {
		String sources = IntStream.range(0, 200)
			.mapToObj((source) -> "  - { <<: *base, id: s" + source + " }\n")
			.collect(Collectors.joining("", "base: &base { user: 007 }\nsources:\n", ""));
		Binder properties = read(sources);
		assertThat(properties.bind("sources[199].user", String.class).get()).isEqualTo("007");
	}

	private static String origin(MutablePropertySources sources, String name) {
		return StreamSupport.stream(ConfigurationPropertySources.from(sources).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(ConfigurationPropertyName.of(name)))
			.filter(Objects::nonNull)
			.findFirst()
			.map((property) -> String.valueOf(property.getOrigin()))
			.orElse("");
	}

	/** No beans at all. */
	static final class Nothing {

	}

	private void refused(String expected) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> new WrittenYaml().load("refused", new FileSystemResource(this.file)))
			.matches((failure) -> failure.kind() == Failure.Kind.CONFIGURATION)
			.withMessageStartingWith(this.file + ": ")
			.withMessageContaining(expected);
	}

	private Binder read(String yaml) throws IOException {
		return new Binder(ConfigurationPropertySources.from(sources(yaml)));
	}

	private MutablePropertySources sources(String yaml) throws IOException {
		Files.write(this.file, yaml.getBytes(StandardCharsets.UTF_8));
		MutablePropertySources sources = new StandardEnvironment().getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		new WrittenYaml().load("written", new FileSystemResource(this.file)).forEach(sources::addLast);
		return sources;
	}

}
