package io.keysteward.source.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import org.jspecify.annotations.Nullable;

/**
 * What a folder in {@code config/sources} says of a system, whatever kind of source that
 * is.
 *
 * @param name the folder's name
 * @param folder the folder's path, as messages name it
 * @param sha256 of the files that decide what a run does
 * @param title what the source is, for people
 * @param recorded how far use is recorded
 * @param granularity worst staleness of the last use
 * @param knownSince since when use is recorded
 * @param oldestTime what lies before it is a sentinel, not a time
 * @param governedKinds the kinds that are judged; empty: all
 * @param neverDisableKinds kinds that are never disabled
 * @param orphanedProjectStates project states that make a key an orphan
 * @param orphanedOwnerStates owner states that make a key an orphan
 * @param judgeNames whether names are judged
 * @param generatedNames names that no person chose
 * @param reversible whether a disabled key can be switched on again
 * @param effectiveWithin how long the system may take to refuse a disabled key
 */
public record Definition(String name, String folder, String sha256, String title, Recorded recorded,
		Duration granularity, KnownSince knownSince, Instant oldestTime, Set<String> governedKinds,
		Set<String> neverDisableKinds, Set<ProjectState> orphanedProjectStates, Set<OwnerState> orphanedOwnerStates,
		boolean judgeNames, List<Predicate<String>> generatedNames, boolean reversible, Duration effectiveWithin) {

	public static final String YAML = "source.yaml";

	/**
	 * {@return a file of the folder, as messages name it}
	 */
	public String file(String fileName) {
		return this.folder + "/" + fileName;
	}

	/**
	 * {@return what the definition says of a source, for those who judge its keys}
	 * @param knownSince since when use is recorded; null: from the start, or not known
	 * @param usageKnown whether anything is known of use at all
	 */
	public SourceTraits traits(String source, Set<KeyColumn> columns, @Nullable Instant knownSince,
			boolean usageKnown) {
		return new SourceTraits(source, columns, this.granularity, knownSince, usageKnown, this.governedKinds,
				this.neverDisableKinds, this.orphanedProjectStates, this.orphanedOwnerStates, this.judgeNames,
				this.generatedNames);
	}

	/**
	 * {@return why keys of the system can never be disabled by Keysteward; null: it does
	 * not say so}
	 */
	public @Nullable String obstacle() {
		if (this.recorded == Recorded.NONE) {
			return file(YAML) + " says usage.recorded: none, and a key of unknown use is never disabled";
		}
		return this.reversible ? null : file(YAML) + " does not say disable.reversible: true";
	}

	/** How far a system records the use of its keys. */
	public enum Recorded {

		/** No last use means: never used since recording began. */
		FULL,

		/** No last use means: unknown. */
		PARTIAL,

		/** Every use is unknown. */
		NONE

	}

}
