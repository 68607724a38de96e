package io.keysteward.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Files that are written under temporary names in their target's directory and get their
 * own names only when all of them are whole.
 */
final class Drafts implements AutoCloseable {

	/** The names of drafts of workbooks, and of the files beside them. */
	static final String PATTERN = ".keysteward-*.{xlsx,csv}.????????.part";

	private final Path workbook;

	private final Map<Path, Path> drafts = new LinkedHashMap<>();

	Drafts(Path workbook) throws IOException {
		this.workbook = workbook.toAbsolutePath();
		Files.createDirectories(directory());
	}

	/**
	 * {@return the workbook's own name}
	 */
	String name() {
		return String.valueOf(this.workbook.getFileName());
	}

	/**
	 * {@return the temporary file that will be the workbook}
	 */
	Path workbook() {
		return draft(this.workbook);
	}

	/**
	 * {@return the temporary file that will be a file beside the workbook}
	 */
	Path beside(String name) {
		return draft(directory().resolve(name));
	}

	/**
	 * Makes all files durable and gives them their names, the workbook last.
	 * @return the files beside the workbook
	 */
	List<Path> publish() throws IOException {
		for (Path draft : this.drafts.values()) {
			sync(draft);
		}
		List<Path> beside = new ArrayList<>(this.drafts.keySet());
		beside.remove(this.workbook);
		for (Path file : beside) {
			move(file);
		}
		move(this.workbook);
		return List.copyOf(beside);
	}

	/**
	 * Removes what was not published.
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
		return this.drafts.computeIfAbsent(file, Drafts::draftOf);
	}

	private void move(Path file) throws IOException {
		Files.move(draft(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void sync(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

}
