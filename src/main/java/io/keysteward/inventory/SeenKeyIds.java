package io.keysteward.inventory;

import java.security.MessageDigest;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;

/**
 * Remembers millions of key ids in some thirty bytes each, to find duplicates.
 */
public final class SeenKeyIds {

	private final MessageDigest digest = Sha256.digest();

	private final KeyNumbers numbers = new KeyNumbers();

	/**
	 * Adds the next id of a source.
	 * @param file the file of its definition that selects keys
	 * @throws Failure where the id is a duplicate
	 */
	public void requireNew(String source, String file, String keyId) {
		if (!add(keyId)) {
			throw twice(source, file, keyId);
		}
	}

	/**
	 * {@return whether the id is new}
	 */
	public boolean add(String keyId) {
		Hash id = Hash.of(this.digest, keyId);
		if (this.numbers.find(id) >= 0) {
			return false;
		}
		this.numbers.add(id);
		return true;
	}

	/**
	 * {@return what is said of an id that comes more than once}
	 */
	static Failure twice(String source, String file, String keyId) {
		return Failure.configuration("source '" + source + "': key_id '" + SafeText.visible(keyId)
				+ "' comes more than once; its " + file + " must return each key in one row");
	}

}
