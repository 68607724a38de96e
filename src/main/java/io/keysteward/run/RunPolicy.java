package io.keysteward.run;

import org.jspecify.annotations.Nullable;

/**
 * By what a run judges.
 *
 * @param sha256 of the policy document's canonical text, in hex
 * @param document the effective policy and the source definitions
 * @param exemptionsSha256 of the exemptions' text; null where it cannot be read, and
 * until they are stored
 */
public record RunPolicy(String sha256, PolicyDocument document, @Nullable String exemptionsSha256) {
}
