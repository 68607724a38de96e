package io.keysteward.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Temporary files in the report directory that a process has left which died while it
 * wrote a report. One that somebody may still be writing, such as the command
 * {@code report}, is told by its age.
 */
@Component
public class StaleFileCleaner {

	private static final Logger logger = LoggerFactory.getLogger(StaleFileCleaner.class);

	/** A living process writes to its file all the time. */
	private static final Duration DEAD = Duration.ofHours(1);

	private final Clock clock;

	StaleFileCleaner(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Removes them; nothing that does not have the name of a draft of ours.
	 * @param directory the report directory, which need not be there
	 * @param files those of the run whose lock the caller holds: who else wrote them is
	 * dead, or should be
	 */
	public void remove(Path directory, Collection<Path> files) {
		if (!Files.isDirectory(directory)) {
			return;
		}
		List<String> own = files.stream()
			.map((file) -> AtomicFiles.beginning(String.valueOf(file.getFileName())))
			.toList();
		try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, AtomicFiles.PATTERN)) {
			for (Path draft : drafts) {
				boolean ours = own.stream().anyMatch(String.valueOf(draft.getFileName())::startsWith);
				remove(draft, ours ? Instant.MAX : this.clock.instant().minus(DEAD));
			}
		}
		catch (IOException ex) {
			logger.warn("report directory {}: what dead processes have left there cannot be removed: {}", directory,
					ex.toString());
		}
	}

	private static void remove(Path draft, Instant before) throws IOException {
		if (Files.isRegularFile(draft, LinkOption.NOFOLLOW_LINKS)
				&& Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
			Files.delete(draft);
			logger.warn("{} was left by a process that died while it wrote a report; it is removed", draft);
		}
	}

}
