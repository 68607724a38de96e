package io.keysteward.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of a file at one moment.
 *
 * @param path its path
 * @param modified its last modification
 * @param size in bytes
 * @param key the file system's identity of the file; null: there is none
 */
record FoundFile(Path path, Instant modified, long size, @Nullable Object key) {

	static FoundFile of(Path path) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
		return new FoundFile(path, attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
	}

	String name() {
		return String.valueOf(this.path.getFileName());
	}

}
