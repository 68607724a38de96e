package io.keysteward.inventory;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Tells this program from any other build of it, and from itself on another Java, which
 * knows other letters.
 */
final class Program {

	/** The location of classes in a packaged jar starts so; the jar's path follows. */
	private static final String NESTED = "jar:nested:";

	private static final Optional<String> ID = id(Program.class.getProtectionDomain().getCodeSource());

	private Program() {
	}

	/**
	 * {@return a hash of the program; empty: it is not known where its classes are}
	 */
	static Optional<String> id() {
		return ID;
	}

	static Optional<String> id(@Nullable CodeSource source) {
		if (source == null || source.getLocation() == null) {
			return Optional.empty();
		}
		try {
			Path classes = path(source.getLocation());
			MessageDigest digest = Sha256.digest();
			add(digest, Runtime.version().toString());
			if (Files.isDirectory(classes)) {
				addFiles(digest, classes);
			}
			else {
				addEntries(digest, classes);
			}
			return Optional.of(Sha256.hex(digest));
		}
		catch (IOException | URISyntaxException | FileSystemNotFoundException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static Path path(URL location) throws URISyntaxException {
		String text = location.toString();
		return text.startsWith(NESTED) ? Path.of(text.substring(NESTED.length(), text.indexOf("/!")))
				: Path.of(location.toURI());
	}

	private static void addFiles(MessageDigest digest, Path directory) throws IOException {
		try (Stream<Path> found = Files.walk(directory)) {
			List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
			for (Path file : files) {
				add(digest, directory.relativize(file).toString());
				digest.update(Files.readAllBytes(file));
			}
		}
	}

	/** Each entry's checksum is in the jar's directory. */
	private static void addEntries(MessageDigest digest, Path jar) throws IOException {
		try (ZipFile file = new ZipFile(jar.toFile())) {
			file.stream()
				.forEach((entry) -> add(digest, entry.getName() + " " + entry.getSize() + " " + entry.getCrc()));
		}
	}

	private static void add(MessageDigest digest, String text) {
		digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
	}

}
