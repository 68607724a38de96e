package io.keysteward.decision;

import java.time.Instant;

import io.keysteward.key.KeyId;
import io.keysteward.run.DecisionKind;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has decided about a key. Text is untrusted.
 *
 * @param key the key
 * @param keyCreatedAt when it was created; null: not known
 * @param kind what was decided
 * @param endsAt the first instant without the permission; null: it permits nothing
 * @param newOwner the address of whom to write to; null: the owner stays
 * @param reason why; null: not given, which only an approval allows
 * @param decidedBy who decided, by the file
 */
public record Decided(KeyId key, @Nullable Instant keyCreatedAt, DecisionKind kind, @Nullable Instant endsAt,
		@Nullable String newOwner, @Nullable String reason, String decidedBy) {

}
