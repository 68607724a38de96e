package io.keysteward.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Checks that reports can be written, before a run changes anything.
 */
public final class ReportDirectory {

	/**
	 * Named like a temporary report, so that the file of a killed process is removed with
	 * those.
	 */
	private static final String PROBE = "keysteward-probe";

	private static final int PAGE = 4096;

	/** Room for fewer reports than this is a warning. */
	private static final int FEW = 10;

	private ReportDirectory() {
	}

	/**
	 * Writes and removes a file in the nearest existing directory, since permissions do
	 * not show a read-only file system, and mean nothing to root.
	 * @param directory the report directory; absolute, not created here
	 * @throws Failure where no file can be created
	 */
	public static void requireWritable(Path directory) {
		Path existing = nearest(directory);
		if (!Files.isDirectory(existing)) {
			throw refused(directory, existing + " is no directory", null);
		}
		try {
			tryOut(AtomicFiles.draftOf(existing.resolve(PROBE + ".file")));
		}
		catch (AccessDeniedException ex) {
			throw refused(directory, existing + ": permission denied", ex);
		}
		catch (IOException ex) {
			if (WriteFailures.isFull(ex)) {
				throw WriteFailures.explain(ex, directory, WriteFailures.PROPERTY);
			}
			String reason = (ex instanceof FileSystemException fault) ? fault.getReason() : ex.getMessage();
			throw refused(directory, existing + ": " + ((reason != null) ? reason : "no file can be created there"),
					ex);
		}
	}

	/**
	 * Also writes and removes an empty report, which uses most classes of a report; the
	 * image's class cache is built by that.
	 * @param directory the report directory; absolute, not created here
	 * @param format its format
	 * @throws Failure where no report can be written
	 */
	public static void requireReport(Path directory, ReportFormat format) {
		requireWritable(directory);
		Path probe = nearest(directory).resolve(PROBE + format.ending());
		try (AtomicFiles drafts = new AtomicFiles(List.of(probe))) {
			format.tryOut(drafts.draft(probe));
		}
		catch (IOException | RuntimeException ex) {
			throw WriteFailures.explain(ex, directory, WriteFailures.PROPERTY);
		}
	}

	/**
	 * {@return the size of these files in bytes; a missing file has none}
	 */
	public static long size(Collection<Path> files) {
		return files.stream().mapToLong((file) -> file.toFile().length()).sum();
	}

	/**
	 * Checks how many reports of this size have room.
	 * @param directory the report directory; absolute, not created here
	 * @param size the size of the last report in bytes; 0: not known
	 * @return a warning; empty: there is enough room
	 * @throws Failure where there is no room
	 */
	public static Optional<String> room(Path directory, long size) {
		try {
			return (size > 0) ? room(directory, size, Files.getFileStore(nearest(directory)).getUsableSpace())
					: Optional.empty();
		}
		catch (IOException ex) {
			throw WriteFailures.explain(ex, directory, WriteFailures.PROPERTY);
		}
	}

	static Optional<String> room(Path directory, long size, long free) {
		String room = WriteFailures.PROPERTY + ": '" + directory + "' has room for " + megabytes(free)
				+ ", and the last report takes " + megabytes(size)
				+ "; make room, or keep reports for a shorter time (keysteward.report.keep)";
		if (free < size) {
			throw Failure.retry(room, null);
		}
		return (free < FEW * size) ? Optional.of(room) : Optional.empty();
	}

	private static String megabytes(long bytes) {
		return (bytes + 999_999) / 1_000_000 + " MB";
	}

	private static Path nearest(Path directory) {
		Path existing = directory;
		while (existing.getParent() != null && !Files.exists(existing)) {
			existing = existing.getParent();
		}
		return existing;
	}

	/** On a full disk a file can be created, but not written. */
	private static void tryOut(Path probe) throws IOException {
		try {
			Files.write(probe, new byte[PAGE]);
		}
		finally {
			Files.deleteIfExists(probe);
		}
	}

	private static Failure refused(Path directory, String why, @Nullable IOException cause) {
		return Failure.configuration(WriteFailures.PROPERTY + ": '" + directory + "' cannot be written (" + why
				+ "); name a directory that this user may write to", cause);
	}

}
