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
 * Finds out whether reports can be written, before anything is done that they shall
 * report.
 */
public final class ReportDirectory {

	/**
	 * Tried under the name of a draft: what a killed process leaves is removed with
	 * those.
	 */
	private static final String PROBE = "keysteward-probe";

	private static final int PAGE = 4096;

	/** For so few reports more there should not be room only. */
	private static final int FEW = 10;

	private ReportDirectory() {
	}

	/**
	 * Writes a file and removes it again, in the nearest directory that is there: rights
	 * alone do not tell of a read-only file system, and tell nothing to root.
	 * @param directory where reports go; absolute, and not created here
	 * @throws Failure where no file could be created
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
	 * Writes a report of nothing as well, and removes it again. That takes most of what a
	 * report takes, of which the image's cache of classes is made.
	 * @param directory where reports go; absolute, and not created here
	 * @param format its format
	 * @throws Failure where none could be written
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
	 * {@return how many bytes these files take; one that is not there takes none}
	 */
	public static long size(Collection<Path> files) {
		return files.stream().mapToLong((file) -> file.toFile().length()).sum();
	}

	/**
	 * Finds out for how many reports of a size there is room.
	 * @param directory where reports go; absolute, and not created here
	 * @param size of the last one, in bytes; 0: it is not known
	 * @return what should not be left so; empty: there is room enough
	 * @throws Failure where there is none
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

	/** A disk without any room lets a file be created, but not written. */
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
