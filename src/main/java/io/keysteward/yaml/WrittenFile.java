package io.keysteward.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.keysteward.text.Failure;

/**
 * Reads a text file in UTF-8, whatever editor saved it. Anything but a regular file (a
 * pipe, a device, a folder) is refused without waiting for it, and so is an endless one.
 */
public final class WrittenFile {

	/** The limit of the YAML readers too. */
	private static final int MOST_BYTES = 3 * 1024 * 1024;

	private WrittenFile() {
	}

	/**
	 * {@return the file's text with line feeds and without a byte order mark}
	 * @param shown the file's name for messages
	 * @param file the file; links are followed, since Kubernetes mounts are links
	 * @throws NoSuchFileException where the file is missing, which some may be
	 * @throws Failure where the file cannot be read as text
	 */
	public static String read(String shown, Path file) throws NoSuchFileException {
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			throw fault(shown, "is " + (Files.isDirectory(file) ? "a folder" : "a pipe or a device")
					+ "; put a file in its place");
		}
		try (InputStream in = Files.newInputStream(file)) {
			return read(shown, in);
		}
		catch (NoSuchFileException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw fault(shown, "cannot be read; check the rights on the file");
		}
	}

	/**
	 * {@return the text of a resource that is not a file, such as one in a jar}
	 */
	public static String read(String shown, InputStream in) throws IOException {
		byte[] bytes = in.readNBytes(MOST_BYTES + 1);
		if (bytes.length > MOST_BYTES) {
			throw fault(shown, "is larger than 3 MB; name the right file, or make it smaller");
		}
		if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
			throw fault(shown, "is UTF-16; save it as UTF-8");
		}
		String text = decoded(shown, bytes);
		if (text.indexOf('\0') >= 0) {
			// UTF-16 without a mark is well-formed UTF-8 with a NUL at each letter.
			throw fault(shown, "has NUL characters in it, as if it were UTF-16; save it as UTF-8");
		}
		return text.replace("\uFEFF", "").replaceAll("\\r\\n?", "\n");
	}

	private static String decoded(String shown, byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw fault(shown, "is not UTF-8; save it as UTF-8");
		}
	}

	private static boolean startsWith(byte[] bytes, int first, int second) {
		return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
	}

	private static Failure fault(String shown, String why) {
		return Failure.configuration(shown + ": " + why);
	}

}
