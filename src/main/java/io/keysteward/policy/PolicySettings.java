package io.keysteward.policy;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy as it is written in the configuration under {@code keysteward.policy}; what
 * is left out comes from the preset.
 *
 * @param preset {@code default}, {@code cis}, {@code pci} or {@code relaxed}
 * @param idle when a key counts as idle
 * @param uncertainty how far the source's times may be off
 * @param aged when rotation is overdue
 * @param orphaned how long an orphan is only warned of
 * @param unnamed what counts as a name
 * @param projects facts about many keys
 * @param overrides other values for one source, or for one project of it
 */
public record PolicySettings(@DefaultValue("default") String preset, @Nullable Idle idle,
		@Nullable Duration uncertainty, @Nullable Aged aged, @Nullable Orphaned orphaned, @Nullable Unnamed unnamed,
		@Nullable Projects projects, @DefaultValue List<Override> overrides) {

	/**
	 * Thresholds of {@code IDLE}.
	 *
	 * @param warn past it: {@code WARN}
	 * @param violation past it: {@code VIOLATION}
	 */
	public record Idle(@Nullable Duration warn, @Nullable Duration violation) {
	}

	/**
	 * Threshold of {@code AGED}.
	 *
	 * @param warn past it since creation: {@code WARN}
	 */
	public record Aged(@Nullable Duration warn) {
	}

	/**
	 * Threshold of {@code ORPHANED}.
	 *
	 * @param grace open for this long: {@code VIOLATION}
	 */
	public record Orphaned(@Nullable Duration grace) {
	}

	/**
	 * What {@code UNNAMED} goes by.
	 *
	 * @param minLength shorter names are too short
	 * @param convention an RE2 pattern that every name must match
	 * @param allowedNames names that are good as they are
	 */
	public record Unnamed(@Nullable Integer minLength, @Nullable String convention,
			@Nullable List<String> allowedNames) {
	}

	/**
	 * Facts about a project's keys.
	 *
	 * @param maxKeys more keys than this are shown on the project's sheet
	 */
	public record Projects(@Nullable Integer maxKeys) {
	}

	/**
	 * Other values for one source, or for one project of it.
	 *
	 * @param source the source's id
	 * @param project the project's id; null: the whole source
	 */
	public record Override(@Nullable String source, @Nullable String project, @Nullable Idle idle,
			@Nullable Duration uncertainty, @Nullable Aged aged, @Nullable Orphaned orphaned, @Nullable Unnamed unnamed,
			@Nullable Projects projects) {
	}

}
