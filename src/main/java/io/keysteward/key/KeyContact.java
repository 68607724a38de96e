package io.keysteward.key;

import org.jspecify.annotations.Nullable;

/**
 * What a source knows about the people to notify about a key.
 *
 * @param source the source's id
 * @param projectId the key's project
 * @param ownerId the key's owner
 * @param ownerEmail the owner's address in the source
 * @param ownerState {@code OK}, {@code DISABLED}, {@code MISSING} or null
 */
public record KeyContact(String source, @Nullable String projectId, @Nullable String ownerId,
		@Nullable String ownerEmail, @Nullable String ownerState) {

	/**
	 * {@return whom somebody has named in place of the owner that the source knows}
	 * @param newOwner an address
	 */
	public static KeyContact named(String source, @Nullable String projectId, String newOwner) {
		return new KeyContact(source, projectId, null, newOwner, null);
	}

}
