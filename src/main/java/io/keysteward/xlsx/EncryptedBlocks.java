package io.keysteward.xlsx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of bytes in a temporary file that nobody else can read: its key is in memory
 * only, and it is gone when it is closed. There is no file before the first block.
 */
final class EncryptedBlocks implements AutoCloseable {

	private static final int KEY_BYTES = 16;

	private final String shown;

	/** By block, its place and its length. */
	private final Map<Integer, Place> places = new HashMap<>();

	private final SecretKeySpec key;

	private @Nullable FileChannel file;

	private long size;

	/**
	 * Prepares a file.
	 * @param shown whose blocks they are, for messages
	 */
	EncryptedBlocks(String shown) {
		this.shown = shown;
		byte[] bytes = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(bytes);
		this.key = new SecretKeySpec(bytes, "AES");
	}

	/**
	 * Keeps a block, once.
	 * @param number its number; a number always has the same block
	 */
	void keep(int number, byte[] block) {
		if (this.places.containsKey(number)) {
			return;
		}
		try {
			FileChannel channel = file();
			ByteBuffer bytes = ByteBuffer.wrap(crypt(Cipher.ENCRYPT_MODE, number, block));
			long at = this.size;
			while (bytes.hasRemaining()) {
				this.size += channel.write(bytes, this.size);
			}
			this.places.put(number, new Place(at, block.length));
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	/**
	 * {@return a block that was kept}
	 */
	byte[] kept(int number) {
		Place place = Objects.requireNonNull(this.places.get(number));
		ByteBuffer bytes = ByteBuffer.allocate(place.length());
		try {
			while (bytes.hasRemaining()) {
				if (file().read(bytes, place.at() + bytes.position()) < 0) {
					throw new IOException("it is shorter than it was");
				}
			}
		}
		catch (IOException ex) {
			throw failure(ex);
		}
		return crypt(Cipher.DECRYPT_MODE, number, bytes.array());
	}

	private FileChannel file() throws IOException {
		if (this.file == null) {
			Path path = Files.createTempFile("keysteward-", ".part");
			this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE);
		}
		return this.file;
	}

	/** Each number has its own part of the key stream, and is used once. */
	private byte[] crypt(int mode, int number, byte[] block) {
		try {
			Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
			byte[] start = ByteBuffer.allocate(KEY_BYTES).putLong(number).array();
			cipher.init(mode, this.key, new IvParameterSpec(start));
			return cipher.doFinal(block);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has AES", ex);
		}
	}

	private Failure failure(IOException ex) {
		return Failure.retry(this.shown + ": its texts do not fit into memory, and cannot be kept in "
				+ System.getProperty("java.io.tmpdir") + " (java.io.tmpdir): " + ex.getMessage() + "; make room there",
				ex);
	}

	@Override
	public void close() {
		if (this.file != null) {
			try {
				this.file.close();
			}
			catch (IOException ex) {
				// Nobody can read what is left.
			}
		}
	}

	/**
	 * The place of a block.
	 *
	 * @param at its first byte
	 * @param length its length
	 */
	private record Place(long at, int length) {
	}

}
