package io.keysteward.source.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.google.re2j.Pattern;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The structure of {@code source.yaml} with all its keys, each of them optional here.
 *
 * @param title what the source is, for people
 * @param probe one statement that returns one boolean; for HTTP a path, a JSON Pointer
 * and the required value
 * @param rows where the rows of landed tables come from, by the tables' names; null: the
 * source is PostgreSQL
 * @param rowSecurity whether the role is meant to see only some of the rows
 * @param usage how use is recorded
 * @param oldestTime earlier times are sentinels, not times
 * @param kinds which kinds of keys are judged and disabled
 * @param orphanedWhen which states make a key an orphan
 * @param unnamed how names are judged
 * @param disable how the system disables
 */
public record SourceYaml(@Nullable String title, @Nullable JsonNode probe, @Nullable Map<String, RowsYaml> rows,
		@Nullable Boolean rowSecurity, @Nullable Usage usage, @Nullable Instant oldestTime, @Nullable Kinds kinds,
		@Nullable OrphanedWhen orphanedWhen, @Nullable Unnamed unnamed, @Nullable Disable disable) {

	/**
	 * How use is recorded.
	 *
	 * @param recorded which uses
	 * @param granularity the worst staleness of the last use
	 * @param knownSince the start of recording
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
	 * @param projectState the states of the project
	 * @param ownerState the states of the owner
	 */
	public record OrphanedWhen(@Nullable List<ProjectState> projectState, @Nullable List<OwnerState> ownerState) {

	}

	/**
	 * How names are judged.
	 *
	 * @param judge whether names are judged
	 * @param generatedNames patterns of names that no person chose
	 */
	public record Unnamed(@Nullable Boolean judge, @Nullable List<Pattern> generatedNames) {

	}

	/**
	 * How the system disables.
	 *
	 * @param reversible whether a disabled key can be switched on again
	 * @param effectiveWithin how long the system may still accept a disabled key
	 * @param rows the most rows that are updated to switch one key
	 */
	public record Disable(@Nullable Boolean reversible, @Nullable Duration effectiveWithin, @Nullable Integer rows) {

	}

}
