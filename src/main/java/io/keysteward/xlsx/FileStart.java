package io.keysteward.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * The first bytes of a file, which tell a workbook from what people take for one.
 */
final class FileStart {

	private static final int LENGTH = 1 << 12;

	private static final byte[] ZIP = { 'P', 'K', 3, 4 };

	private static final byte[] OLE2 = { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0 };

	private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

	private FileStart() {
	}

	/** Refuses what is no workbook, and says what it is. */
	static void requireWorkbook(WorkbookFaults faults, Path path) {
		if (!Files.isRegularFile(path)) {
			throw faults.problem((Files.exists(path) ? "is not a file" : "does not exist") + "; name a workbook");
		}
		byte[] start = read(faults, path);
		if (startsWith(start, ZIP)) {
			return;
		}
		if (start.length == 0) {
			throw faults.problem("is empty; " + faults.advice());
		}
		if (startsWith(start, OLE2)) {
			throw isEncrypted(path) ? faults.encrypted() : faults.oldFormat();
		}
		String text = new String(start, StandardCharsets.ISO_8859_1);
		throw text.chars().anyMatch((character) -> character < '\t') ? faults.damaged()
				: faults.text(text.replaceFirst("^" + BYTE_ORDER_MARK, "").stripLeading().startsWith("<"));
	}

	private static byte[] read(WorkbookFaults faults, Path path) {
		try (InputStream in = Files.newInputStream(path)) {
			return in.readNBytes(LENGTH);
		}
		catch (IOException ex) {
			throw faults.problem("cannot be read; check the rights on the file");
		}
	}

	static boolean isEncrypted(Path path) {
		try (POIFSFileSystem file = new POIFSFileSystem(path.toFile(), true)) {
			return file.getRoot().hasEntryCaseInsensitive("EncryptedPackage");
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

	private static boolean startsWith(byte[] start, byte[] mark) {
		return start.length >= mark.length && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
	}

}
