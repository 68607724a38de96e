package io.keysteward.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a run stands. Instants are UTC.
 *
 * @param status the word for it
 * @param startedAt when it first started
 * @param finishedAt when it last ended; null while it runs
 * @param fault why it failed, in one line; null where it did not
 */
public record RunState(RunStatus status, Instant startedAt, @Nullable Instant finishedAt, @Nullable String fault) {
}
