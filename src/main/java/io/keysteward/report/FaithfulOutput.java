package io.keysteward.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Remembers why writing failed first: an archive that is closed after a failure complains
 * of its own state, and the full disk is forgotten.
 */
final class FaithfulOutput extends FilterOutputStream {

	private @Nullable IOException first;

	FaithfulOutput(OutputStream out) {
		super(out);
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int start, int count) throws IOException {
		try {
			this.out.write(bytes, start, count);
		}
		catch (IOException ex) {
			this.first = (this.first != null) ? this.first : ex;
			throw ex;
		}
	}

	/**
	 * {@return the first failure of writing, or the given one where there was none}
	 */
	IOException firstOr(IOException last) {
		return (this.first != null) ? this.first : last;
	}

}
