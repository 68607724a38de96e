package io.keysteward.source;

import io.keysteward.key.KeyRecord;

/**
 * A system with keys, as {@link KeySourceContract} needs it: what others do to the keys,
 * and what goes wrong on the way to them.
 */
public interface SourceFixture extends AutoCloseable {

	/**
	 * {@return the source, which records use in full and can disable}
	 */
	KeySource source();

	/**
	 * {@return the same keys by a definition that cannot disable}
	 */
	KeySource withoutDisabling();

	/**
	 * {@return the same source where nobody answers}
	 */
	KeySource unreachable();

	/** Somebody makes a key anew: it is as this record from now on, in one row. */
	void put(KeyRecord key);

	/** Another row of a key comes along. */
	void repeat(KeyRecord key);

	/** Somebody removes a key. */
	void remove(String keyId);

	/**
	 * The next change that is to be committed is not confirmed.
	 * @param committed whether it is made nonetheless
	 */
	void loseConfirmation(boolean committed);

	/**
	 * {@return how many readings and changes are still open}
	 */
	long open();

	@Override
	void close();

}
