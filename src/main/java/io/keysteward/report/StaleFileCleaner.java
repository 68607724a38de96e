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
 * Removes temporary files of processes that died while they wrote a report. Another
 * living process, such as the command {@code report}, may write one too, so only old
 * files are removed.
 */
@Component
public class StaleFileCleaner {

	private static final Logger logger = LoggerFactory.getLogger(StaleFileCleaner.class);

	/** A living process writes to its file continuously. */
	private static final Duration DEAD = Duration.ofHours(1);

	private final Clock clock;

	StaleFileCleaner(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Removes such files, which it recognises by their names.
	 * @param directory the report directory, which may be missing
	 * @param files the files of the run whose lock the caller holds, which are removed
	 * whatever their age
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
