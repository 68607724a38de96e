package io.keysteward.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import io.keysteward.xlsx.SavedWorkbook;

/**
 * Facts about a file's bytes, before the file is parsed.
 *
 * @param path its path
 * @param sha256 of all bytes, in hex
 * @param start the first bytes
 * @param utf8 whether the bytes are valid UTF-8
 * @param nulsAtEven the number of zero bytes at even places
 * @param nulsAtOdd the number of zero bytes at odd places
 */
record ExportContent(Path path, String sha256, byte[] start, boolean utf8, long nulsAtEven, long nulsAtOdd) {

	private static final int START = 8;

	private static final int BLOCK = 1 << 16;

	private static final byte[] ZIP = { 'P', 'K', 3, 4 };

	private static final byte[] OLE2 = { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0 };

	/**
	 * {@return the facts about a file}
	 * @param shown its name in messages
	 */
	static ExportContent read(String shown, Path path) {
		try (InputStream in = Files.newInputStream(path)) {
			return read(path, in, shown);
		}
		catch (AccessDeniedException ex) {
			throw Failure.configuration(shown + ": cannot be read; check the rights on the file");
		}
		catch (IOException ex) {
			throw Failure.retry(shown + ": cannot be read now; start the run again", ex);
		}
	}

	private static ExportContent read(Path path, InputStream in, String shown) throws IOException {
		MessageDigest digest = Sha256.digest();
		Utf8 utf8 = new Utf8();
		byte[] block = new byte[BLOCK];
		byte[] start = {};
		long[] nuls = new long[2];
		long place = 0;
		for (int read = in.readNBytes(block, 0, BLOCK); read > 0; read = in.readNBytes(block, 0, BLOCK)) {
			digest.update(block, 0, read);
			start = (place == 0) ? Arrays.copyOf(block, Math.min(START, read)) : start;
			for (int i = 0; i < read; i++) {
				if (block[i] == 0) {
					nuls[(int) ((place + i) % 2)]++;
				}
			}
			utf8.take(block, read);
			place += read;
		}
		if (place == 0) {
			throw Failure.retry(shown + ": is empty, without even a header; export it again, then start the run again",
					null);
		}
		return new ExportContent(path, Sha256.hex(digest), start, utf8.end(), nuls[0], nuls[1]);
	}

	/**
	 * {@return whether it is an XLSX file; encrypted and XLS files are refused}
	 */
	boolean isWorkbook(String shown) {
		if (startsWith(OLE2)) {
			throw Failure.configuration(shown + (SavedWorkbook.isEncrypted(this.path)
					? ": is protected by a password; save it without one, or export it as CSV"
					: ": has Excel's old format XLS; save it as XLSX or CSV"));
		}
		return startsWith(ZIP);
	}

	private boolean startsWith(byte[] bytes) {
		return this.start.length >= bytes.length && Arrays.equals(this.start, 0, bytes.length, bytes, 0, bytes.length);
	}

	boolean startsWith(int... bytes) {
		byte[] mark = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			mark[i] = (byte) bytes[i];
		}
		return startsWith(mark);
	}

	/** Checks blocks of bytes, which may end in the middle of a character. */
	private static final class Utf8 {

		private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);

		private final CharBuffer characters = CharBuffer.allocate(BLOCK + START);

		private byte[] rest = {};

		private boolean valid = true;

		private void take(byte[] block, int length) {
			if (!this.valid) {
				return;
			}
			ByteBuffer bytes = ByteBuffer.allocate(this.rest.length + length)
				.put(this.rest)
				.put(block, 0, length)
				.flip();
			this.characters.clear();
			this.valid = !this.decoder.decode(bytes, this.characters, false).isError();
			this.rest = new byte[bytes.remaining()];
			bytes.get(this.rest);
		}

		private boolean end() {
			return this.valid && this.rest.length == 0;
		}

	}

}
