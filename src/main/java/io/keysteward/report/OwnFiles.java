package io.keysteward.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The files that a run has written, known by what is in them: under the same name may lie
 * another database's report, or one that somebody has made notes in.
 *
 * @param hashes SHA-256 of each of them
 */
public record OwnFiles(Set<String> hashes) {

	/** Whoever has written nothing yet replaces nothing. */
	public static final OwnFiles NONE = new OwnFiles(Set.of());

	private static final String ENDING = ".xlsx";

	boolean have(Path file) {
		return !this.hashes.isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file)
				&& this.hashes.contains(sha256(file));
	}

	/**
	 * {@return the file under which a workbook can be written, with what lies beside it:
	 * this one, or where that is taken the next one that is free}
	 */
	public Path place(Path workbook) {
		Path place = workbook;
		for (int number = 2; !mayWrite(place) || !mayWrite(inventoryBeside(place)); number++) {
			place = workbook
				.resolveSibling(String.valueOf(workbook.getFileName()).replaceFirst("\\.xlsx$", "-" + number + ENDING));
		}
		return place;
	}

	private boolean mayWrite(Path file) {
		return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || have(file);
	}

	static Path inventoryBeside(Path workbook) {
		return workbook.resolveSibling(inventoryBeside(String.valueOf(workbook.getFileName())));
	}

	/**
	 * {@return the name of the inventory that lies beside a workbook of this name}
	 */
	public static String inventoryBeside(String workbook) {
		return workbook.replaceFirst("\\.xlsx$", "") + "-all-keys.csv";
	}

	static String sha256(Path file) {
		try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file),
				MessageDigest.getInstance("SHA-256"))) {
			in.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(in.getMessageDigest().digest());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
