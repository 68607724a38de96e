package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a rehearsal's files: a new one, or an empty one.
 */
final class RehearsalFolder {

	static final String OPTION = "--to";

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'rehearsal-'yyyy-MM-dd-HHmmss");

	private RehearsalFolder() {
	}

	/**
	 * {@return the folder, made and empty}
	 * @param written what the option says; null: it was not given
	 * @param reports the report directory
	 */
	static Path make(@Nullable String written, Path reports, Instant now) {
		Path folder = (written != null) ? parse(written) : reports.resolve(NAME.format(now.atOffset(ZoneOffset.UTC)));
		try {
			Files.createDirectories(folder);
			requireEmpty(folder);
			// A folder that is there may take nothing all the same.
			Files.delete(Files.createFile(folder.resolve(".keysteward-try")));
			return folder;
		}
		catch (IOException ex) {
			throw notWritable(folder, ex);
		}
	}

	/** A rehearsal that was refused leaves no folder that looks like one. */
	static void removeEmpty(Path folder) {
		try {
			Files.delete(folder);
		}
		catch (IOException ex) {
			// It has files, as it should.
		}
	}

	/**
	 * {@return the failure of a file that could not be written}
	 */
	static Failure notWritable(Path file, IOException cause) {
		return Failure.configuration(OPTION + ": '" + file + "' cannot be written (" + cause.getClass().getSimpleName()
				+ "); make room, check the rights, or name another folder with " + OPTION, cause);
	}

	private static void requireEmpty(Path folder) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			if (files.iterator().hasNext()) {
				throw Failure.configuration(OPTION + ": '" + folder
						+ "' is not empty, and files of two rehearsals would be taken for one; name a new folder");
			}
		}
	}

	private static Path parse(String written) {
		if (written.isBlank()) {
			throw Failure.configuration(OPTION + ": '' is not allowed; name a folder, or leave the option out");
		}
		try {
			return Path.of(written).toAbsolutePath().normalize();
		}
		catch (InvalidPathException ex) {
			throw Failure.configuration(
					OPTION + ": '" + SafeText.visible(written) + "' cannot be a folder's name; name another");
		}
	}

}
