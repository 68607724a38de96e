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
 * The part of a definition in {@code config/sources} that every kind of source has.
 *
 * @param name the folder's name
 * @param folder the folder's path, for messages
 * @param sha256 the hash of the files that affect a run
 * @param title the source's title for people
 * @param recorded which uses are recorded
 * @param granularity the worst staleness of the last use
 * @param knownSince the start of recording use
 * @param oldestTime earlier times are sentinels, not times
 * @param governedKinds the kinds that are judged; empty: all
 * @param neverDisableKinds kinds that are never disabled
 * @param orphanedProjectStates project states that make a key an orphan
 * @param orphanedOwnerStates owner states that make a key an orphan
 * @param judgeNames whether names are judged
 * @param generatedNames patterns of names that no person chose
 * @param reversible whether a disabled key can be switched on again
 * @param effectiveWithin how long the system may still accept a disabled key
 */
public record Definition(String name, String folder, String sha256, String title, Recorded recorded,
		Duration granularity, KnownSince knownSince, Instant oldestTime, Set<String> governedKinds,
		Set<String> neverDisableKinds, Set<ProjectState> orphanedProjectStates, Set<OwnerState> orphanedOwnerStates,
		boolean judgeNames, List<Predicate<String>> generatedNames, boolean reversible, Duration effectiveWithin) {

	public static final String YAML = "source.yaml";

	public static final String SELECT = "select.sql";

	public static final String DISABLE_SQL = "disable.sql";

	public static final String RESTORE_SQL = "restore.sql";

	public static final String DISABLE_HTTP = "disable.http";

	public static final String RESTORE_HTTP = "restore.http";

	/**
	 * {@return a file of the folder, for messages}
	 */
	public String file(String fileName) {
		return this.folder + "/" + fileName;
	}

	/**
	 * {@return the traits of a source with this definition}
	 * @param knownSince the start of recording use; null: from the start, or not known
	 * @param usageKnown whether any use is known
	 */
	public SourceTraits traits(String source, Set<KeyColumn> columns, @Nullable Instant knownSince,
			boolean usageKnown) {
		return new SourceTraits(source, columns, this.granularity, knownSince, usageKnown, this.governedKinds,
				this.neverDisableKinds, this.orphanedProjectStates, this.orphanedOwnerStates, this.judgeNames,
				this.generatedNames);
	}

	/**
	 * {@return the traits of a source with this definition, without asking it}
	 * @param recorded the start of recording use that an earlier reading has found; null:
	 * none
	 */
	public SourceTraits traits(String source, Set<KeyColumn> columns, @Nullable Instant recorded) {
		boolean asked = this.knownSince.select() != null;
		return traits(source, columns, asked ? recorded : this.knownSince.at(),
				this.recorded != Recorded.NONE && (!asked || recorded != null));
	}

	/**
	 * {@return why Keysteward can never disable keys of the system; null: no such reason}
	 */
	public @Nullable String obstacle() {
		if (this.recorded == Recorded.NONE) {
			return file(YAML) + " says usage.recorded: none, and a key of unknown use is never disabled";
		}
		return this.reversible ? null : file(YAML) + " does not say disable.reversible: true";
	}

	/** Which uses of its keys a system records. */
	public enum Recorded {

		/** No last use means: never used since recording began. */
		FULL,

		/** No last use means: unknown. */
		PARTIAL,

		/** Every use is unknown. */
		NONE

	}

}
