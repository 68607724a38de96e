package io.keysteward.policy;

import java.time.Instant;

import io.keysteward.key.SourceTraits;

/**
 * Under which a key is judged.
 *
 * @param asOf the run's one instant
 * @param thresholds those of the key's source and project
 * @param source what the source declares
 */
public record Terms(Instant asOf, Thresholds thresholds, SourceTraits source) {

}
