package io.keysteward.key;

/**
 * A key's identity: its public id within its source, never the secret.
 *
 * @param source the source's id
 * @param id the key's id, unique within the source
 */
public record KeyId(String source, String id) {

	@Override
	public String toString() {
		return this.source + "/" + this.id;
	}

}
