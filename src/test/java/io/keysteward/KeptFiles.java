package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * What a directory held at one moment.
 *
 * @param contents by the path within it
 */
public record KeptFiles(Map<String, byte[]> contents) {

	/**
	 * {@return its files, none if it is not there}
	 */
	public static KeptFiles of(Path directory) {
		Map<String, byte[]> contents = new TreeMap<>();
		if (!Files.isDirectory(directory)) {
			return new KeptFiles(contents);
		}
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				contents.put(directory.relativize(file).toString(), Files.readAllBytes(file));
			}
			return new KeptFiles(contents);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A directory has these files, and no others. */
	public void putInto(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
			for (Map.Entry<String, byte[]> file : this.contents.entrySet()) {
				Path path = directory.resolve(file.getKey()).toAbsolutePath();
				Files.createDirectories(path.getParent());
				Files.write(path, file.getValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * {@return all of it as one text, to be compared}
	 */
	String text() {
		return this.contents.values()
			.stream()
			.map((content) -> new String(content, StandardCharsets.UTF_8))
			.collect(Collectors.joining());
	}

}
