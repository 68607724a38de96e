package io.keysteward.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

/**
 * The packaged jar as the image has it: extracted, with its classes laid out by a start
 * that finds no database. Processes start with half the work then; made once for all of
 * them.
 */
final class ExtractedJar {

	private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

	private static final Path DIRECTORY = Path.of(System.getProperty("endurance.directory", "target/endurance"))
		.resolve("extracted")
		.toAbsolutePath();

	private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa");

	private static final List<String> COMMAND = make();

	private ExtractedJar() {
	}

	/**
	 * {@return what starts it, without properties and arguments}
	 */
	static List<String> command(Map<String, String> properties) {
		return command(COMMAND, DIRECTORY.resolve("keysteward.jar"), properties);
	}

	/**
	 * {@return what starts the packaged jar as it is, likewise}
	 */
	static List<String> packaged(Map<String, String> properties) {
		return command(List.of(), jar(), properties);
	}

	private static List<String> command(List<String> more, Path jar, Map<String, String> properties) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(OPTIONS);
		command.addAll(more);
		properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-jar", jar.toString()));
		return command;
	}

	private static List<String> make() {
		try {
			FileSystemUtils.deleteRecursively(DIRECTORY);
			run(command(List.of("-Djarmode=tools"), jar(), Map.of()), "extract", "--destination", DIRECTORY.toString());
			run(command(List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE), DIRECTORY.resolve("keysteward.jar"),
					Map.of("spring.datasource.url", "jdbc:postgresql://localhost:1/none")), "check");
			return Files.isRegularFile(ARCHIVE) ? List.of("-XX:SharedArchiveFile=" + ARCHIVE) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void run(List<String> command, String... arguments) throws IOException, InterruptedException {
		command.addAll(List.of(arguments));
		new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private static Path jar() {
		return Path.of(System.getProperty("endurance.jar", "target/keysteward.jar")).toAbsolutePath();
	}

}
