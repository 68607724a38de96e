package io.keysteward.xlsx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part's bytes, of which only so many may be read for one thing. A parser keeps a text,
 * a comment or a tag in memory until it ends, and a small file unpacks to gigabytes.
 */
final class BoundedStream extends FilterInputStream {

	/** In the message of the exception, which a parser wraps. */
	static final String TOO_LONG = "has more than one thing may have";

	private final long most;

	private long left;

	BoundedStream(InputStream in, long most) {
		super(in);
		this.most = most;
		this.left = most;
	}

	/** The next thing may have as many bytes again. */
	void allowMore() {
		this.left = this.most;
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		count((read < 0) ? 0 : 1);
		return read;
	}

	@Override
	public int read(byte[] bytes, int from, int length) throws IOException {
		int read = super.read(bytes, from, length);
		count(read);
		return read;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void count(int read) throws IOException {
		this.left -= Math.max(0, read);
		if (this.left < 0) {
			throw new IOException(TOO_LONG);
		}
	}

}
