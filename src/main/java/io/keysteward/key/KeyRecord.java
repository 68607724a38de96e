package io.keysteward.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One key as its source describes it at the moment of the snapshot. Instants are UTC.
 *
 * @param id its identity
 * @param name what its owner called it; null or blank where they did not
 * @param maskedKey for display only, masked; identifies nothing
 * @param project where it belongs
 * @param owner who answers for it
 * @param createdAt null where the source does not say
 * @param usage what is known of its use
 * @param expiresAt null where it never expires
 * @param status null only together with a data error
 * @param kind the source's own word, such as {@code personal}; null where it has none
 * @param dataError why the row cannot be read as a key, or null; never carries the row
 */
public record KeyRecord(KeyId id, @Nullable String name, @Nullable String maskedKey, Project project, Owner owner,
		@Nullable Instant createdAt, Usage usage, @Nullable Instant expiresAt, @Nullable KeyStatus status,
		@Nullable String kind, @Nullable String dataError) {

}
