package io.keysteward.insight;

import java.time.Instant;
import java.util.List;

import io.keysteward.policy.Classification.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * A key of the last inventory that a person asked for. All text is untrusted.
 *
 * @param lastUsedAt its newest use that is known; null: none is
 * @param goneBack whether its source shows an older one, or none
 * @param exemptedBy per finding the exemption that covers it, or null
 * @param reasons one sentence per finding, in the order of the findings
 */
public record FoundKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
		@Nullable String projectId, @Nullable String projectName, @Nullable String ownerId, @Nullable String ownerName,
		@Nullable String ownerEmail, @Nullable String status, Judgement judgement, @Nullable Instant createdAt,
		String usage, @Nullable Instant lastUsedAt, boolean goneBack, @Nullable Integer idleDays, List<String> findings,
		List<String> reasons, List<@Nullable String> exemptedBy, @Nullable String dataError) {

}
