package io.keysteward.key;

import org.jspecify.annotations.Nullable;

/**
 * The person or team that answers for a key.
 *
 * @param id the owner's id in its source
 * @param name what people call them
 * @param email where they are reached
 * @param state null where none is recorded
 */
public record Owner(@Nullable String id, @Nullable String name, @Nullable String email, @Nullable OwnerState state) {

	/** No owner recorded. */
	public static final Owner NONE = new Owner(null, null, null, null);

}
