package io.keysteward.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.FileSystemUtils;

/**
 * A run that nobody disturbs: what all others are held against.
 *
 * @param company whose run it was; it is used again
 * @param picture what the run has left
 * @param duration how long the process ran
 */
record Undisturbed(Company company, RunOutcome picture, Duration duration) {

	private static final int KEYS = CampaignSize.FULL ? 25_000 : 1_500;

	private static final Undisturbed RUN = make();

	static Undisturbed run() {
		return RUN;
	}

	private static Undisturbed make() {
		try {
			Path directory = Path.of(System.getProperty("endurance.directory", "target/endurance")).toAbsolutePath();
			FileSystemUtils.deleteRecursively(directory);
			Company company = new Company(Files.createDirectories(directory), KEYS);
			company.revert();
			// The first start lays the classes out: no other takes as long.
			try (RealProcess first = company.start()) {
				first.exit();
			}
			company.revert();
			try (RealProcess process = company.start()) {
				int exit = process.exit();
				Duration duration = process.age();
				if (exit != 0) {
					throw new AssertionError(exit + ": " + process.output());
				}
				RunOutcome picture = RunOutcome.of(company);
				picture.requireSomethingOfEverything();
				return new Undisturbed(company, picture, duration);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
