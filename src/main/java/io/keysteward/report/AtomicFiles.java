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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.keysteward.text.Failure;

/**
 * Files that are written under temporary names in their target's directory and get their
 * own names only when all of them are whole.
 */
public final class AtomicFiles implements AutoCloseable {

	/** The names of drafts of workbooks, and of the files beside them. */
	static final String PATTERN = ".keysteward-*.{xlsx,csv}.????????.part";

	private final Path workbook;

	private final Map<Path, Path> drafts = new LinkedHashMap<>();

	public AtomicFiles(Path workbook) throws IOException {
		this.workbook = workbook.toAbsolutePath();
		Files.createDirectories(directory());
	}

	/**
	 * {@return the workbook's own name}
	 */
	public String name() {
		return String.valueOf(this.workbook.getFileName());
	}

	/**
	 * {@return the temporary file that will be the workbook}
	 */
	public Path workbook() {
		return draft(this.workbook);
	}

	/**
	 * {@return the temporary file that will be a file beside the workbook}
	 */
	public Path beside(String name) {
		return draft(directory().resolve(name));
	}

	/**
	 * {@return the SHA-256 of each file, made durable}
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
	 * Gives all files their names, the workbook last.
	 * @param own what may be replaced
	 * @return the files beside the workbook
	 */
	public List<Path> publish(OwnFiles own) throws IOException {
		List<Path> beside = new ArrayList<>(this.drafts.keySet());
		beside.remove(this.workbook);
		for (Path file : beside) {
			publish(file, own);
		}
		publish(this.workbook, own);
		return List.copyOf(beside);
	}

	/**
	 * Removes the temporary names.
	 */
	@Override
	public void close() throws IOException {
		for (Path draft : this.drafts.values()) {
			Files.deleteIfExists(draft);
		}
	}

	private Path directory() {
		Path directory = this.workbook.getParent();
		return (directory != null) ? directory : this.workbook;
	}

	/**
	 * {@return how the name of each draft of such a file begins}
	 */
	static String beginning(String name) {
		return "." + name + ".";
	}

	/**
	 * {@return a temporary name beside a file; another one each time, so that no other
	 * process writes to the same, not even one that should not be there}
	 */
	static Path draftOf(Path file) {
		return file.resolveSibling(
				beginning(String.valueOf(file.getFileName())) + UUID.randomUUID().toString().substring(0, 8) + ".part");
	}

	private Path draft(Path file) {
		return this.drafts.computeIfAbsent(file, AtomicFiles::draftOf);
	}

	/** A link, for a move replaces what has appeared under the name in the meantime. */
	private void publish(Path file, OwnFiles own) throws IOException {
		try {
			if (!own.have(file)) {
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
			// A file system without links.
		}
		Files.move(draft(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void sync(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

}
