package io.keysteward.source.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.google.re2j.Pattern;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import org.jspecify.annotations.Nullable;

/**
 * The shape of {@code source.yaml}: every key that it may hold, each of them optional as
 * far as the shape goes.
 *
 * @param title what the source is, for people
 * @param probe one statement, one boolean
 * @param rowSecurity whether the role is meant to see only some of the rows
 * @param usage what is recorded of use
 * @param oldestTime what lies before it is a sentinel, not a time
 * @param kinds which kinds of keys are judged and disabled
 * @param orphanedWhen which states make a key an orphan
 * @param unnamed how names are judged
 * @param disable how the system disables
 */
public record SourceYaml(@Nullable String title, @Nullable String probe, @Nullable Boolean rowSecurity,
		@Nullable Usage usage, @Nullable Instant oldestTime, @Nullable Kinds kinds, @Nullable OrphanedWhen orphanedWhen,
		@Nullable Unnamed unnamed, @Nullable Disable disable) {

	/**
	 * What is recorded of use.
	 *
	 * @param recorded how far
	 * @param granularity worst staleness of the last use
	 * @param knownSince since when
	 */
	public record Usage(Definition.@Nullable Recorded recorded, @Nullable Duration granularity,
			@Nullable KnownSince knownSince) {

	}

	/**
	 * Which kinds of keys are judged and disabled.
	 *
	 * @param governed the kinds that are judged
	 * @param neverDisable the kinds that are never disabled
	 */
	public record Kinds(@Nullable List<String> governed, @Nullable List<String> neverDisable) {

	}

	/**
	 * Which states make a key an orphan.
	 *
	 * @param projectState of its project
	 * @param ownerState of its owner
	 */
	public record OrphanedWhen(@Nullable List<ProjectState> projectState, @Nullable List<OwnerState> ownerState) {

	}

	/**
	 * How names are judged.
	 *
	 * @param judge whether at all
	 * @param generatedNames patterns of names that no person chose
	 */
	public record Unnamed(@Nullable Boolean judge, @Nullable List<Pattern> generatedNames) {

	}

	/**
	 * How the system disables.
	 *
	 * @param reversible whether a disabled key can be switched on again
	 * @param effectiveWithin how long it may take
	 * @param rows how many rows are updated to switch one key
	 */
	public record Disable(@Nullable Boolean reversible, @Nullable Duration effectiveWithin, @Nullable Integer rows) {

	}

}
