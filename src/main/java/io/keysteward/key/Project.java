package io.keysteward.key;

import org.jspecify.annotations.Nullable;

/**
 * The project that a key belongs to.
 *
 * @param id the project's id in its source; null: none
 * @param name the project's name
 * @param state the project's state; null: the key has no project on purpose
 */
public record Project(@Nullable String id, @Nullable String name, @Nullable ProjectState state) {

	/** No project at all. */
	public static final Project NONE = new Project(null, null, null);

}
