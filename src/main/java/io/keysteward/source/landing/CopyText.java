package io.keysteward.source.landing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Rows in the text form of PostgreSQL's {@code COPY}.
 */
final class CopyText {

	/** PostgreSQL's texts cannot hold NUL: its symbol replaces it. */
	private static final byte[] NUL = "\u2400".getBytes(StandardCharsets.UTF_8);

	private byte[] bytes = new byte[1 << 16];

	private int size;

	private boolean inRow;

	/**
	 * {@return the number of bytes}
	 */
	int size() {
		return this.size;
	}

	/**
	 * {@return the rows so far, and removes them}
	 */
	byte[] take() {
		byte[] rows = Arrays.copyOf(this.bytes, this.size);
		this.size = 0;
		return rows;
	}

	void field(@Nullable String value) {
		if (this.inRow) {
			reserve(1);
			put('\t');
		}
		this.inRow = true;
		if (value == null) {
			reserve(2);
			put('\\');
			put('N');
			return;
		}
		byte[] text = value.getBytes(StandardCharsets.UTF_8);
		reserve(text.length * 3);
		for (byte next : text) {
			field(next);
		}
	}

	void endRow() {
		reserve(1);
		put('\n');
		this.inRow = false;
	}

	private void field(byte next) {
		switch (next) {
			case '\\', '\t', '\n', '\r' -> {
				put('\\');
				put((next == '\t') ? 't' : (next == '\n') ? 'n' : (next == '\r') ? 'r' : '\\');
			}
			case 0 -> {
				for (byte sign : NUL) {
					this.bytes[this.size++] = sign;
				}
			}
			default -> this.bytes[this.size++] = next;
		}
	}

	private void put(char sign) {
		this.bytes[this.size++] = (byte) sign;
	}

	private void reserve(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.size + more));
		}
	}

}
