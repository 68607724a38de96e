package io.keysteward.run;

/**
 * How a run came about.
 *
 * @param mode whether sources may be changed
 * @param trigger {@code schedule} or {@code manual}
 * @param requestedBy who started it first
 */
public record RunOrigin(RunMode mode, String trigger, String requestedBy) {
}
