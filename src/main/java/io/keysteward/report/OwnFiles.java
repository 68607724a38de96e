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
 * The files that a run has written, known by what is in them: under the same name may lie
 * another database's report, or one that somebody has made notes in.
 *
 * @param hashes SHA-256 of each of them
 */
public record OwnFiles(Set<String> hashes) {

	/** Whoever has written nothing yet replaces nothing. */
	public static final OwnFiles NONE = new OwnFiles(Set.of());

	boolean have(Path file) {
		return !this.hashes.isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file)
				&& this.hashes.contains(sha256(file));
	}

	/**
	 * {@return the name under which reports can be written to a directory, with what lies
	 * beside them: this one, or where a file is taken the next one that is free}
	 * @param name without ending
	 */
	public String place(Path directory, String name, Collection<ReportFormat> formats) {
		String place = name;
		for (int number = 2; taken(directory, place, formats).isPresent(); number++) {
			place = name + "-" + number;
		}
		return place;
	}

	/**
	 * {@return the first file of such reports that is there and may not be replaced}
	 */
	public Optional<Path> taken(Path directory, String name, Collection<ReportFormat> formats) {
		return formats.stream()
			.flatMap((format) -> format.files(directory.resolve(name + format.ending())).stream())
			.filter((file) -> Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !have(file))
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
