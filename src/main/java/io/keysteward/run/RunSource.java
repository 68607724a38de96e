package io.keysteward.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the reading of one source went in one run.
 *
 * @param source the source's id
 * @param title what it is, for people
 * @param definitionFile the file of its definition that says what is shown of a key, for
 * messages
 * @param status whether its inventory is whole
 * @param snapshotAt the source's own time of its snapshot; null until it is read
 * @param readRows rows that the reader counted; null until it is read
 * @param remasked rows whose masked key showed too much
 * @param goneBack keys of which it showed an older last use than an earlier reading has
 * seen, or none; null: not counted
 * @param file the file that it was read from, and its hash, in words; null: no file
 * @param fault why it could not be read, or what is wrong with what it returned, in one
 * line
 */
public record RunSource(String source, String title, String definitionFile, Status status, @Nullable Instant snapshotAt,
		@Nullable Long readRows, @Nullable Long remasked, @Nullable Long goneBack, @Nullable String file,
		@Nullable String fault) {

	/** Whether a source's inventory can be relied on. */
	public enum Status {

		/** Not read yet, or not to the end. */
		PENDING,

		/** Every row of its snapshot is stored. */
		READ,

		/** It could not be read; nothing of it is stored. */
		FAILED

	}

}
