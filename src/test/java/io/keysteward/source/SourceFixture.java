package io.keysteward.source;

import java.time.Instant;

/**
 * A system whose keys can be switched, as {@link KeySourceContract} needs it.
 */
public interface SourceFixture extends ReadingFixture {

	/**
	 * {@return the same keys by a definition that cannot disable}
	 */
	KeySource withoutDisabling();

	/** Somebody tries a key, and is refused: nothing else of its row changes. */
	void deny(String keyId, Instant at);

	/**
	 * The next change that is to be committed is not confirmed.
	 * @param committed whether it is made nonetheless
	 */
	void loseConfirmation(boolean committed);

}
