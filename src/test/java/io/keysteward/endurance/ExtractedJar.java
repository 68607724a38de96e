package io.keysteward.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.FileSystemUtils;

/**
 * The packaged jar as the image has it: extracted, with its classes laid out. The first
 * process that ends by itself lays them out; those after it start with half the work.
 */
final class ExtractedJar {

	/** Beside that of the campaigns, which they empty. */
	private static final Path DIRECTORY = Path
		.of(System.getProperty("endurance.directory", "target/endurance") + "-extracted")
		.toAbsolutePath();

	private static final Path CLASSES = DIRECTORY.resolve("classes.jsa");

	private static final AtomicInteger STARTED = new AtomicInteger();

	static {
		extract();
	}

	private ExtractedJar() {
	}

	/**
	 * {@return what starts it, without properties and arguments}
	 * @param layout where the process lays its classes out if none has yet
	 */
	static List<String> command(Map<String, String> properties, Path layout) {
		return RealProcess.command(
				Files.exists(CLASSES) ? "-XX:SharedArchiveFile=" + CLASSES : "-XX:ArchiveClassesAtExit=" + layout,
				DIRECTORY.resolve("keysteward.jar"), properties);
	}

	/**
	 * {@return a file of its own for a process}
	 */
	static Path layout() {
		return DIRECTORY.resolve("classes-" + STARTED.incrementAndGet() + ".jsa");
	}

	/** The process has ended by itself. */
	static void use(Path layout) {
		try {
			if (Files.exists(layout)) {
				Files.move(layout, CLASSES, StandardCopyOption.ATOMIC_MOVE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void extract() {
		List<String> command = RealProcess.command("-Djarmode=tools", RealProcess.jar(), Map.of());
		command.addAll(List.of("extract", "--destination", DIRECTORY.toString()));
		try {
			FileSystemUtils.deleteRecursively(DIRECTORY);
			int exit = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
			if (exit != 0) {
				throw new IllegalStateException(
						RealProcess.jar() + " cannot be extracted to " + DIRECTORY + ": exit " + exit);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
