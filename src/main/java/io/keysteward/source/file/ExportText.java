package io.keysteward.source.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A file's text, in any supported encoding.
 *
 * @param shown the name of the file in messages
 * @param path its path
 * @param content the facts about its bytes
 * @param property the setting of the encoding, for messages
 * @param named the configured encoding; null: it is detected
 */
record ExportText(String shown, Path path, ExportContent content, String property, @Nullable Charset named) {

	private static final Charset GB18030 = Charset.forName("GB18030");

	/** The longest header, in characters. */
	private static final int BEGINNING = 1 << 16;

	/**
	 * {@return the text from its beginning, without a byte order mark}
	 * @param proof tells from the beginning whether the encoding is right: a file that is
	 * not UTF-8 is read as GB18030 only if its header proves it; null: there is no header
	 */
	Reader reader(@Nullable Predicate<String> proof) {
		Charset encoding = encoding(proof);
		try {
			return open(encoding, CodingErrorAction.REPORT);
		}
		catch (CharacterCodingException ex) {
			throw Failure.configuration(this.shown + ": has characters that are invalid in its encoding (" + encoding
					+ "); save it as UTF-8");
		}
		catch (IOException ex) {
			throw Failure.retry(this.shown + ": cannot be read now; start the run again", ex);
		}
	}

	/**
	 * {@return the first characters of the text}
	 */
	String beginning(@Nullable Predicate<String> proof) {
		return beginning(encoding(proof));
	}

	private String beginning(Charset encoding) {
		try (Reader reader = open(encoding, CodingErrorAction.REPLACE)) {
			char[] text = new char[BEGINNING];
			int length = 0;
			for (int read = reader.read(text); read > 0; read = reader.read(text, length, text.length - length)) {
				length += read;
			}
			return new String(text, 0, length);
		}
		catch (IOException ex) {
			throw Failure.retry(this.shown + ": cannot be read now; start the run again", ex);
		}
	}

	private Charset encoding(@Nullable Predicate<String> proof) {
		if (this.named != null) {
			return this.named;
		}
		if (this.content.startsWith(0xFF, 0xFE)) {
			return StandardCharsets.UTF_16LE;
		}
		if (this.content.startsWith(0xFE, 0xFF)) {
			return StandardCharsets.UTF_16BE;
		}
		if (this.content.nulsAtEven() + this.content.nulsAtOdd() > 0) {
			return (this.content.nulsAtOdd() > this.content.nulsAtEven()) ? StandardCharsets.UTF_16LE
					: StandardCharsets.UTF_16BE;
		}
		if (this.content.utf8()) {
			return StandardCharsets.UTF_8;
		}
		if (proof != null && proof.test(beginning(GB18030))) {
			return GB18030;
		}
		throw Failure.configuration(this.shown + ": is not UTF-8; save it as UTF-8, or write its encoding as "
				+ this.property + ", such as GB18030 or windows-1252");
	}

	private Reader open(Charset encoding, CodingErrorAction wrong) throws IOException {
		InputStream in = Files.newInputStream(this.path);
		Reader reader = new BufferedReader(
				new InputStreamReader(in, encoding.newDecoder().onMalformedInput(wrong).onUnmappableCharacter(wrong)),
				BEGINNING);
		reader.mark(1);
		if (reader.read() != '\uFEFF') {
			reader.reset();
		}
		return reader;
	}

}
