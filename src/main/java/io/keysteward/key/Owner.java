package io.keysteward.key;

import org.jspecify.annotations.Nullable;

/**
 * The person or team that answers for a key.
 *
 * @param id the owner's id in its source
 * @param name the owner's name
 * @param email the owner's address
 * @param state the owner's state; null: not recorded
 */
public record Owner(@Nullable String id, @Nullable String name, @Nullable String email, @Nullable OwnerState state) {

	/** No owner recorded. */
	public static final Owner NONE = new Owner(null, null, null, null);

}
