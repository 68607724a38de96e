package io.keysteward.key;

import org.jspecify.annotations.Nullable;

/**
 * The project that a key belongs to.
 *
 * @param id the project's id in its source, or null where the key has none
 * @param name what people call it
 * @param state null where the key is not project-scoped on purpose
 */
public record Project(@Nullable String id, @Nullable String name, @Nullable ProjectState state) {

	/** No project at all. */
	public static final Project NONE = new Project(null, null, null);

}
