package io.keysteward.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One key as its source shows it in the snapshot. Instants are UTC.
 *
 * @param id its identity
 * @param name the name that its owner gave it; null or blank: none
 * @param maskedKey for display only, masked; identifies nothing
 * @param project its project
 * @param owner its owner
 * @param createdAt its creation; null: not known
 * @param usage what is known of its use
 * @param expiresAt its end; null: never
 * @param status its status; null only with a data error
 * @param kind the source's own word, such as {@code personal}; null: none
 * @param lastDeniedAt when somebody last tried it and was refused; null: not known
 * @param referencedBy what else still names it; null or empty: nothing, or not known
 * @param dataError why the row cannot be read as a key, without quoting it; null: no
 * error
 */
public record KeyRecord(KeyId id, @Nullable String name, @Nullable String maskedKey, Project project, Owner owner,
		@Nullable Instant createdAt, Usage usage, @Nullable Instant expiresAt, @Nullable KeyStatus status,
		@Nullable String kind, @Nullable Instant lastDeniedAt, @Nullable String referencedBy,
		@Nullable String dataError) {

}
