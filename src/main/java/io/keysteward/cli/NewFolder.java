package io.keysteward.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A new folder for a definition.
 */
final class NewFolder {

	private final Path parent;

	/**
	 * Creates the writer.
	 * @param to the parent folder; null: the definitions of the configuration directory
	 */
	NewFolder(ContextStarter application, @Nullable Path to) {
		this.parent = (to != null) ? to : application.configDirectory().resolve("sources");
	}

	/**
	 * {@return the folder with the files}
	 * @param name the folder's name, without a path
	 * @param files the files' texts by their names
	 */
	Path write(String name, Map<String, String> files) {
		Path folder = this.parent.resolve(name);
		try {
			Files.createDirectories(this.parent);
			Files.createDirectory(folder);
			for (Map.Entry<String, String> file : files.entrySet()) {
				Files.writeString(folder.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8,
						StandardOpenOption.CREATE_NEW);
			}
			return folder;
		}
		catch (FileAlreadyExistsException ex) {
			throw Failure.configuration("--to: " + ex.getFile()
					+ " already exists and is not overwritten; move it, or name another directory", ex);
		}
		catch (IOException ex) {
			throw Failure.configuration("--to: " + folder + " cannot be written (" + ex.getMessage()
					+ "); check the rights, or name another directory", ex);
		}
	}

}
