package io.keysteward.source;

import io.keysteward.key.KeyRecord;

/**
 * A system with keys for {@link KeyReadingContract}: other users change its keys, and its
 * connection can fail.
 */
public interface ReadingFixture extends AutoCloseable {

	/**
	 * {@return the source, which records use in full}
	 */
	KeySource source();

	/**
	 * {@return the same source at an unreachable address}
	 */
	KeySource unreachable();

	/** Replaces or adds a key, as a single row. */
	void put(KeyRecord key);

	/** Adds another row of a key. */
	void repeat(KeyRecord key);

	/** Removes a key. */
	void remove(String keyId);

	/**
	 * {@return the number of open readings and changes}
	 */
	long open();

	@Override
	void close();

}
