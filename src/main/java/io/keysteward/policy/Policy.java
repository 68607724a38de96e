package io.keysteward.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.keysteward.key.SourceTraits;
import io.keysteward.text.CanonicalText;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force: a preset, the settings over it, and overrides for sources and
 * projects. The constructor checks everything.
 */
public final class Policy {

	private static final String PATH = "keysteward.policy.";

	private final Preset preset;

	private final EffectiveThresholds base;

	private final List<PolicySettings.Override> overrides;

	private final Map<String, SourcePolicy> sources = new HashMap<>();

	private Policy(PolicySettings settings) {
		this.preset = Preset.named(settings.preset());
		this.base = new PolicyOverlay(PATH, everywhere(settings))
			.over(new EffectiveThresholds(this.preset.thresholds(), PATH + "idle.warn", PATH + "uncertainty"));
		this.overrides = List.copyOf(settings.overrides());
		requireDistinct();
		// A project's override takes precedence over its source's, in whatever order
		// they are written.
		apply(false);
		apply(true);
	}

	/**
	 * {@return the policy with these settings}
	 * @throws Failure where a setting is not allowed; the line quotes it
	 */
	public static Policy of(PolicySettings settings) {
		return new Policy(settings);
	}

	/**
	 * {@return the preset's name}
	 */
	public String preset() {
		return this.preset.label();
	}

	/**
	 * {@return the settings for keys without an override}
	 */
	public Thresholds base() {
		return this.base.thresholds();
	}

	/**
	 * {@return the overrides in their order}
	 */
	public List<PolicySettings.Override> overrides() {
		return this.overrides;
	}

	/**
	 * {@return the settings for keys of this project}
	 * @param source the source's id
	 * @param projectId the project's id; null: keys without a project
	 */
	public Thresholds thresholds(String source, @Nullable String projectId) {
		SourcePolicy own = this.sources.get(source);
		return ((own != null) ? own.forProject(projectId) : this.base).thresholds();
	}

	/**
	 * Refuses thresholds of this source or its projects below the source's granularity
	 * plus uncertainty.
	 */
	public void requireFits(SourceTraits source) {
		SourcePolicy own = this.sources.get(source.source());
		if (own == null) {
			this.base.requireFits(source);
			return;
		}
		own.whole().requireFits(source);
		own.projects().values().forEach((project) -> project.requireFits(source));
	}

	/**
	 * Refuses an override for a source that is not configured.
	 * @param ids the ids of the configured sources
	 */
	public void requireKnownSources(Set<String> ids) {
		for (int i = 0; i < this.overrides.size(); i++) {
			String source = source(i);
			if (!ids.contains(source)) {
				throw Failure
					.configuration(path(i) + "source: '" + source + "' is not a configured source: allowed are "
							+ String.join(", ", new TreeSet<>(ids)) + "." + NearestWord.question(source, ids));
			}
		}
	}

	private void requireDistinct() {
		Map<List<String>, Integer> seen = new HashMap<>();
		for (int i = 0; i < this.overrides.size(); i++) {
			String source = source(i);
			String project = project(i);
			Integer first = seen
				.putIfAbsent((project != null) ? List.of(source, CanonicalText.of(project)) : List.of(source), i);
			if (first != null) {
				throw Failure.configuration(path(i)
						+ ((project != null) ? "project: '" + project + "' of source '" + source + "'"
								: "source: '" + source + "'")
						+ " is overridden twice, first in keysteward.policy.overrides[" + first
						+ "]. Write all its values in one of them.");
			}
		}
	}

	private void apply(boolean projects) {
		for (int i = 0; i < this.overrides.size(); i++) {
			String project = project(i);
			if (projects != (project != null)) {
				continue;
			}
			PolicyOverlay layer = new PolicyOverlay(path(i), this.overrides.get(i));
			SourcePolicy own = this.sources.computeIfAbsent(source(i),
					(source) -> new SourcePolicy(this.base, new LinkedHashMap<>()));
			if (project == null) {
				this.sources.put(source(i), new SourcePolicy(layer.over(own.whole()), own.projects()));
			}
			else {
				own.projects().put(CanonicalText.of(project), layer.over(own.whole()));
			}
		}
	}

	private String source(int index) {
		String source = this.overrides.get(index).source();
		if (source == null || source.isBlank()) {
			throw Failure.configuration(path(index)
					+ "source: '' is not allowed: an override is for one source. Write the source's id here.");
		}
		return source;
	}

	private @Nullable String project(int index) {
		String project = this.overrides.get(index).project();
		if (project != null && project.isBlank()) {
			throw Failure.configuration(path(index) + "project: '" + project
					+ "' is not allowed: an override is for one project or for the whole source. "
					+ "Write the project's id, or leave the line out.");
		}
		return project;
	}

	private static String path(int index) {
		return PATH + "overrides[" + index + "].";
	}

	private static PolicySettings.Override everywhere(PolicySettings settings) {
		return new PolicySettings.Override(null, null, settings.idle(), settings.uncertainty(), settings.aged(),
				settings.orphaned(), settings.unnamed(), settings.projects());
	}

	/**
	 * The settings for one source.
	 *
	 * @param whole for keys of projects without an override
	 * @param projects for keys of projects with an override, by the project's id
	 */
	private record SourcePolicy(EffectiveThresholds whole, Map<String, EffectiveThresholds> projects) {

		EffectiveThresholds forProject(@Nullable String projectId) {
			EffectiveThresholds project = (projectId != null && !this.projects.isEmpty())
					? this.projects.get(CanonicalText.of(projectId)) : null;
			return (project != null) ? project : this.whole;
		}

	}

}
