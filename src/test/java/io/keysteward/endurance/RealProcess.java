package io.keysteward.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A started Keysteward; what it says is kept in a file.
 */
final class RealProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final Process process;

	private final @Nullable Path layout;

	private final Path log;

	private final Instant started = Instant.now();

	private RealProcess(Process process, @Nullable Path layout, Path log) {
		this.process = process;
		this.layout = layout;
		this.log = log;
	}

	/** As the image starts it. */
	static RealProcess start(Map<String, String> properties, Path log, String... arguments) throws IOException {
		Path layout = ExtractedJar.layout();
		return start(ExtractedJar.command(properties, layout), layout, log, arguments);
	}

	/** As somebody starts it who has the jar. */
	static RealProcess startPackaged(Map<String, String> properties, Path log, String... arguments) throws IOException {
		return start(command("-Xshare:auto", jar(), properties), null, log, arguments);
	}

	/**
	 * {@return what starts a jar, without arguments}
	 * @param option of Java
	 */
	static List<String> command(String option, Path jar, Map<String, String> properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Xmx256m", option));
		properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-jar", jar.toString()));
		return command;
	}

	/**
	 * {@return the packaged jar}
	 */
	static Path jar() {
		return Path.of(System.getProperty("endurance.jar", "target/keysteward.jar")).toAbsolutePath();
	}

	private static RealProcess start(List<String> command, @Nullable Path layout, Path log, String... arguments)
			throws IOException {
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		return new RealProcess(process, layout, log);
	}

	/**
	 * Waits for a moment.
	 * @return whether it came; if not, the process ended before
	 */
	boolean lives(PausePoint moment) throws Exception {
		while (!moment.reached()) {
			if (!this.process.isAlive()) {
				return false;
			}
			if (age().compareTo(PATIENCE) > 0) {
				throw new AssertionError("The moment did not come. " + output());
			}
			Thread.sleep(3);
		}
		return true;
	}

	/**
	 * {@return its exit code, once it has ended}
	 */
	int exit() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new AssertionError("It does not end. " + output());
		}
		if (this.layout != null) {
			ExtractedJar.use(this.layout);
		}
		return this.process.exitValue();
	}

	/** Waits until it has ended, but not longer than that. */
	void ends(Duration longest) throws InterruptedException {
		this.process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * {@return the one that ends first}
	 */
	static RealProcess firstToEnd(RealProcess one, RealProcess two) throws InterruptedException {
		while (one.process.isAlive() && two.process.isAlive()) {
			Thread.sleep(20);
		}
		return one.process.isAlive() ? two : one;
	}

	/** SIGKILL. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/** SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	Duration age() {
		return Duration.between(this.started, Instant.now());
	}

	/**
	 * {@return what was said so far in its file, by it and by those before it}
	 */
	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			return "(" + ex + ")";
		}
	}

	@Override
	public void close() {
		kill();
	}

}
