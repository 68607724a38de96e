package io.keysteward.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.keysteward.text.Failure;

/**
 * Files that are written under temporary names next to their targets, and renamed when
 * all of them are complete.
 */
public final class AtomicFiles implements AutoCloseable {

	/** The pattern of temporary names of reports and their companions. */
	static final String PATTERN = ".keysteward-*.*.????????.part";

	private final List<Path> reports;

	private final Map<Path, Path> drafts = new LinkedHashMap<>();

	/**
	 * Creates the missing directories of reports.
	 * @param reports the reports' final paths
	 */
	public AtomicFiles(Collection<Path> reports) throws IOException {
		this.reports = reports.stream().map(Path::toAbsolutePath).toList();
		for (Path report : this.reports) {
			Path directory = report.getParent();
			Files.createDirectories((directory != null) ? directory : report);
		}
	}

	/**
	 * {@return the temporary file for this one}
	 */
	Path draft(Path file) {
		return this.drafts.computeIfAbsent(file.toAbsolutePath(), AtomicFiles::draftOf);
	}

	/**
	 * {@return the SHA-256 of each file, after a sync to disk}
	 */
	public Map<Path, String> hashes() throws IOException {
		Map<Path, String> hashes = new LinkedHashMap<>();
		for (Map.Entry<Path, Path> draft : this.drafts.entrySet()) {
			sync(draft.getValue());
			hashes.put(draft.getKey(), OwnFiles.sha256(draft.getValue()));
		}
		return hashes;
	}

	/**
	 * Renames all files to their final names, the reports last.
	 * @param own the files that may be replaced
	 */
	public void publish(OwnFiles own) throws IOException {
		List<Path> files = new ArrayList<>(this.drafts.keySet());
		files.removeAll(this.reports);
		files.addAll(this.reports);
		for (Path file : files) {
			publish(file, own);
		}
	}

	/**
	 * Removes the temporary files.
	 */
	@Override
	public void close() throws IOException {
		for (Path draft : this.drafts.values()) {
			Files.deleteIfExists(draft);
		}
	}

	/**
	 * {@return the beginning of the temporary names of such a file}
	 */
	static String beginning(String name) {
		return "." + name + ".";
	}

	/**
	 * {@return a new temporary name next to a file, which no other process uses}
	 */
	static Path draftOf(Path file) {
		return file.resolveSibling(
				beginning(String.valueOf(file.getFileName())) + UUID.randomUUID().toString().substring(0, 8) + ".part");
	}

	/**
	 * Uses a link, since a move replaces a file that has appeared under the name in the
	 * meantime.
	 */
	private void publish(Path file, OwnFiles own) throws IOException {
		try {
			if (!own.contains(file)) {
				Files.createLink(file, draft(file));
				return;
			}
		}
		catch (FileAlreadyExistsException ex) {
			throw Failure.retry(WriteFailures.PROPERTY + ": '" + file
					+ "' was written by somebody else in the meantime; start again", ex);
		}
		catch (UnsupportedOperationException | FileSystemException ex) {
			if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
				throw ex;
			}
			// The file system has no links.
		}
		Files.move(draft(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void sync(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

}
