package io.keysteward.source.postgresql;

import java.time.Instant;

import io.keysteward.source.Place;
import io.keysteward.source.ReadFile;
import org.jspecify.annotations.Nullable;

/**
 * The origin of landed rows.
 *
 * @param place their system's place
 * @param snapshotAt the time of their state
 * @param sourceNow the system's clock when the reading began
 * @param file their file; null: none
 */
public record LandedOrigin(Place place, Instant snapshotAt, Instant sourceNow, @Nullable ReadFile file) {
}
