package io.keysteward.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Temporary files in the report directory that a process has left which died while it
 * wrote a workbook. One that somebody may still be writing, such as the command
 * {@code report}, is told by its age.
 */
@Component
public class DeadDrafts {

	private static final Logger logger = LoggerFactory.getLogger(DeadDrafts.class);

	/** A living process writes to its file all the time. */
	private static final Duration DEAD = Duration.ofHours(1);

	private final Clock clock;

	DeadDrafts(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Removes them; nothing that does not have the name of a draft of ours.
	 * @param directory the report directory, which need not be there
	 * @param runKey the run whose lock the caller holds: who else wrote its workbook is
	 * dead, or should be
	 */
	public void remove(Path directory, String runKey) {
		if (!Files.isDirectory(directory)) {
			return;
		}
		try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, Drafts.PATTERN)) {
			for (Path draft : drafts) {
				remove(draft, isOf(runKey, draft) ? Instant.MAX : this.clock.instant().minus(DEAD));
			}
		}
		catch (IOException ex) {
			logger.warn("report directory {}: what dead processes have left there cannot be removed: {}", directory,
					ex.toString());
		}
	}

	private static boolean isOf(String runKey, Path draft) {
		String name = String.valueOf(draft.getFileName());
		return Stream.of(".xlsx.", "-all-keys.csv.").anyMatch((end) -> name.startsWith(".keysteward-" + runKey + end));
	}

	private static void remove(Path draft, Instant before) throws IOException {
		if (Files.isRegularFile(draft, LinkOption.NOFOLLOW_LINKS)
				&& Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
			Files.delete(draft);
			logger.warn("{} was left by a process that died while it wrote a workbook; it is removed", draft);
		}
	}

}
