package io.keysteward.demo;

import org.jspecify.annotations.Nullable;

/**
 * A key that nobody wrote down by hand. Instants are distances from the last run.
 *
 * @param id its id in its source
 * @param place which of the source's tables holds it
 * @param name what its owner called it
 * @param project its project's id
 * @param owner its owner's id
 * @param kind its source's word for the sort of key
 * @param status its source's word for the status
 * @param created when it was made, such as {@code 120 days 5 hours}
 * @param lastUsed its last use; null: never
 */
record DemoKey(String id, String place, String name, String project, @Nullable String owner, String kind, String status,
		String created, @Nullable String lastUsed) {

}
