package io.keysteward.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What a source declares about its keys, on which judging depends.
 *
 * @param source the source's id
 * @param columns the columns that it returns; a rule with missing columns does not judge
 * @param granularity the worst staleness of the last use, added to every idle threshold
 * @param knownSince the start of recording use; null: use is known from the start
 * @param recordsUse whether any use is recorded
 * @param governedKinds the kinds that are judged; empty: all
 * @param neverDisableKinds kinds that are judged and never disabled
 * @param orphanedProjectStates project states that make a key an orphan
 * @param orphanedOwnerStates owner states that make a key an orphan
 * @param judgeNames whether names are judged at all
 * @param generatedNames patterns of names that no person chose, matched against the
 * normalised name
 */
public record SourceTraits(String source, Set<KeyColumn> columns, Duration granularity, @Nullable Instant knownSince,
		boolean recordsUse, Set<String> governedKinds, Set<String> neverDisableKinds,
		Set<ProjectState> orphanedProjectStates, Set<OwnerState> orphanedOwnerStates, boolean judgeNames,
		List<Predicate<String>> generatedNames) {

	/**
	 * {@return whether keys of this kind are judged}
	 */
	public boolean governs(@Nullable String kind) {
		return this.governedKinds.isEmpty() || (kind != null && this.governedKinds.contains(kind))
				|| neverDisables(kind);
	}

	/**
	 * {@return whether keys of this kind are never disabled}
	 */
	public boolean neverDisables(@Nullable String kind) {
		return kind != null && this.neverDisableKinds.contains(kind);
	}

}
