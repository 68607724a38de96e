package io.keysteward.source.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Tracks quotes while delimited fields are read, and knows whether the last quote was
 * closed: the CSV parser takes everything after an open quote as one field.
 */
final class QuoteReader extends FilterReader {

	private final char delimiter;

	private State state = State.BEGINNING;

	private boolean ended;

	QuoteReader(Reader in, char delimiter) {
		super(in);
		this.delimiter = delimiter;
	}

	/**
	 * {@return whether everything was read and a quote is still open}
	 */
	boolean endsOpen() {
		return this.ended && this.state == State.QUOTED;
	}

	@Override
	public int read() throws IOException {
		int character = super.read();
		if (character >= 0) {
			take((char) character);
		}
		this.ended |= character < 0;
		return character;
	}

	@Override
	public int read(char[] buffer, int offset, int length) throws IOException {
		int read = super.read(buffer, offset, length);
		for (int i = offset; i < offset + read; i++) {
			take(buffer[i]);
		}
		this.ended |= read < 0;
		return read;
	}

	private void take(char character) {
		if (character == '"') {
			this.state = switch (this.state) {
				case BEGINNING, CLOSED -> State.QUOTED;
				case QUOTED -> State.CLOSED;
				case PLAIN -> State.PLAIN;
			};
		}
		else if (this.state != State.QUOTED) {
			this.state = (character == this.delimiter || character == '\n' || character == '\r') ? State.BEGINNING
					: State.PLAIN;
		}
	}

	/** The position within a field. */
	private enum State {

		BEGINNING, PLAIN, QUOTED, CLOSED

	}

}
