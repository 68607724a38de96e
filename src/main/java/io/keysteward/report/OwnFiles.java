package io.keysteward.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

import io.keysteward.text.Sha256;

/**
 * The files that a run has written, recognised by content: a file of the same name may be
 * another database's report, or one with somebody's notes.
 *
 * @param hashes the SHA-256 of each of them
 */
public record OwnFiles(Set<String> hashes) {

	/** Without own files, nothing may be replaced. */
	public static final OwnFiles NONE = new OwnFiles(Set.of());

	boolean contains(Path file) {
		return !this.hashes.isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file)
				&& this.hashes.contains(sha256(file));
	}

	/**
	 * {@return the name for reports and companions in a directory: this one, or the next
	 * free one with a number if a file is taken}
	 * @param name the name without ending
	 */
	public String place(Path directory, String name, Collection<ReportFormat> formats) {
		String place = name;
		for (int number = 2; taken(directory, place, formats).isPresent(); number++) {
			place = name + "-" + number;
		}
		return place;
	}

	/**
	 * {@return the first existing file of such reports that may not be replaced}
	 */
	public Optional<Path> taken(Path directory, String name, Collection<ReportFormat> formats) {
		return formats.stream()
			.flatMap((format) -> format.files(directory.resolve(name + format.ending())).stream())
			.filter((file) -> Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !contains(file))
			.findFirst();
	}

	static String sha256(Path file) {
		try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
			in.transferTo(OutputStream.nullOutputStream());
			return Sha256.hex(in.getMessageDigest());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
