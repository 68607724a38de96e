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
 * What a folder in {@code config/sources} says of a system.
 *
 * @param name the folder's name
 * @param folder the folder's path, as messages name it
 * @param sha256 of the files that decide what a run does
 * @param title what the source is, for people
 * @param probe one statement, one boolean
 * @param select one statement, one row per key
 * @param rowSecurity whether the role is meant to see only some of the rows
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
 * @param disabling how the system disables
 */
public record Definition(String name, String folder, String sha256, String title, String probe, String select,
		boolean rowSecurity, Recorded recorded, Duration granularity, KnownSince knownSince, Instant oldestTime,
		Set<String> governedKinds, Set<String> neverDisableKinds, Set<ProjectState> orphanedProjectStates,
		Set<OwnerState> orphanedOwnerStates, boolean judgeNames, List<Predicate<String>> generatedNames,
		Disabling disabling) {

	public static final String YAML = "source.yaml";

	public static final String SELECT = "select.sql";

	public static final String DISABLE = "disable.sql";

	static final String RESTORE = "restore.sql";

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
	 * {@return why keys of the system can never be disabled by Keysteward; null: they
	 * can}
	 */
	public @Nullable String obstacle() {
		if (this.recorded == Recorded.NONE) {
			return file(YAML) + " says usage.recorded: none, and a key of unknown use is never disabled";
		}
		if (!this.disabling.reversible()) {
			return file(YAML) + " does not say disable.reversible: true";
		}
		if (this.disabling.disable() == null) {
			return file(DISABLE) + " is missing";
		}
		return (this.disabling.restore() == null) ? file(RESTORE) + " is missing" : null;
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

	/**
	 * How the system disables keys.
	 *
	 * @param reversible whether a disabled key can be switched on again
	 * @param effectiveWithin how long the system may take to refuse a disabled key
	 * @param rows how many rows are updated at most to switch one key
	 * @param disable switches one key off; null: there is none
	 * @param restore switches one key on again; null: there is none
	 */
	public record Disabling(boolean reversible, Duration effectiveWithin, int rows, @Nullable SwitchSql disable,
			@Nullable SwitchSql restore) {

	}

}
