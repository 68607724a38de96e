package io.keysteward.source.postgresql;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the texts of a row. A database without an encoding returns any stored bytes,
 * and invalid ones are a data error of their key. A row that is too large has cut texts.
 */
final class RowText {

	/** The most bytes of a row's texts that are transferred whole. */
	static final int LARGEST_ROW = 50_000;

	/** The characters of each text that are transferred of a larger row. */
	static final int BEGINNING = 2_000;

	private static final String MARKER = " … [cut here]";

	/** A cut text is another one. */
	private static final Set<KeyColumn> IDS = Set.of(KeyColumn.KEY_ID, KeyColumn.PROJECT_ID, KeyColumn.OWNER_ID);

	private final List<String> faults = new ArrayList<>();

	private boolean large;

	private long bytes;

	private long shortened;

	/**
	 * Begins a row.
	 * @param larger whether its texts are cut
	 */
	void begin(boolean larger) {
		this.faults.clear();
		this.large = larger;
		if (larger) {
			this.shortened++;
		}
	}

	/**
	 * {@return the text of a column}
	 */
	@Nullable String read(KeyColumn column, byte @Nullable [] content) {
		if (content == null) {
			return null;
		}
		this.bytes += content.length;
		String text = new String(content, StandardCharsets.UTF_8);
		if (text.indexOf('\uFFFD') >= 0 && !isText(content, content.length)) {
			text = repaired(column, content);
		}
		boolean cut = this.large
				&& (content.length == BEGINNING + 1 || text.codePointCount(0, text.length()) > BEGINNING);
		return cut ? cut(column, text) : text;
	}

	private String cut(KeyColumn column, String text) {
		if (IDS.contains(column)) {
			this.faults.add(column.columnName() + " has more than " + BEGINNING + " characters");
		}
		int end = Math.min(BEGINNING, text.codePointCount(0, text.length()));
		return text.substring(0, text.offsetByCodePoints(0, end)) + MARKER;
	}

	private String repaired(KeyColumn column, byte[] content) {
		if (this.large && content.length == BEGINNING + 1) {
			// The server may have cut within the bytes of a character.
			for (int length = content.length - 1; length >= content.length - 3; length--) {
				if (isText(content, length)) {
					return new String(content, 0, length, StandardCharsets.UTF_8);
				}
			}
		}
		this.faults.add(column.columnName() + " is no UTF-8 text");
		return visible(content);
	}

	private static boolean isText(byte[] content, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/** Keeps ids distinct that differ in such bytes. */
	private static String visible(byte[] content) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(content);
		CharBuffer out = CharBuffer.allocate(content.length * 4);
		CoderResult result = decoder.decode(in, out, true);
		while (result.isError()) {
			for (int i = 0; i < result.length(); i++) {
				out.put(String.format(Locale.ROOT, "\\x%02X", in.get()));
			}
			decoder.reset();
			result = decoder.decode(in, out, true);
		}
		return out.flip().toString();
	}

	/**
	 * {@return the fault in the texts of the row}
	 */
	List<String> faults() {
		return List.copyOf(this.faults);
	}

	/**
	 * {@return the bytes of all texts so far}
	 */
	long bytes() {
		return this.bytes;
	}

	/**
	 * {@return the number of rows whose texts were cut}
	 */
	long shortened() {
		return this.shortened;
	}

}
