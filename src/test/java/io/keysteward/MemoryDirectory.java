package io.keysteward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * Where Linux keeps files in memory: a database is made there in half the time, and on a
 * disk the more slowly the more files were removed in the last minutes.
 */
final class MemoryDirectory {

	private static final Path MEMORY = Path.of("/dev/shm");

	private static final String PREFIX = "keysteward-tests-";

	/** A container has 64 MB as a rule. */
	private static final long ENOUGH = 2L << 30;

	private MemoryDirectory() {
	}

	/**
	 * {@return a directory for this process, not yet made; empty where there is too
	 * little memory}
	 */
	static Optional<Path> forThisProcess() throws IOException {
		if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < ENOUGH) {
			return Optional.empty();
		}
		removeOfThoseThatAreGone();
		return Optional.of(MEMORY.resolve(PREFIX + ProcessHandle.current().pid()));
	}

	/** Tests that were killed have left theirs. */
	private static void removeOfThoseThatAreGone() throws IOException {
		try (Stream<Path> all = Files.list(MEMORY)) {
			List<Path> gone = all.filter(MemoryDirectory::isOfAProcessThatIsGone).toList();
			gone.forEach(MemoryDirectory::remove);
		}
	}

	private static boolean isOfAProcessThatIsGone(Path directory) {
		String name = String.valueOf(directory.getFileName());
		return name.matches(PREFIX + "\\d{1,9}")
				&& ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length()))).isEmpty();
	}

	private static void remove(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// Another process removes it too, or its server still writes there.
		}
	}

}
