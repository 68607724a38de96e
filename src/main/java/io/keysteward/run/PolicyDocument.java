package io.keysteward.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.text.CanonicalText;
import org.jspecify.annotations.Nullable;

/**
 * The effective policy of a run, as stored in {@code run.policy}: the text for which the
 * run's {@code policy_sha256} stands.
 *
 * @param preset the preset's name
 * @param settings every setting by its name in the configuration
 * @param overrides what differs for a source or a project of it
 * @param rules the rules and what they say
 * @param placeholders version of the list of placeholder names
 * @param sources the sources and their definitions
 */
public record PolicyDocument(String preset, Map<String, String> settings, List<Override> overrides,
		List<RuleText> rules, String placeholders, List<SourceText> sources) {

	/**
	 * {@return a setting's value for keys of this project}
	 * @param name the setting's name, such as {@code projects.max-keys}
	 * @param source the source's id
	 * @param project the project's id, or null
	 */
	public String setting(String name, String source, @Nullable String project) {
		String value = String.valueOf(this.settings.get(name));
		for (Override override : this.overrides) {
			if (override.source().equals(source) && override.project() == null) {
				value = override.settings().getOrDefault(name, value);
			}
		}
		for (Override override : this.overrides) {
			if (override.source().equals(source) && project != null && override.project() != null
					&& CanonicalText.of(project).equals(CanonicalText.of(override.project()))) {
				value = override.settings().getOrDefault(name, value);
			}
		}
		return value;
	}

	/**
	 * {@return where the keys of a source were read; none: that is not recorded}
	 */
	public Set<String> places(String source) {
		return this.sources.stream()
			.filter((text) -> text.id().equals(source))
			.map(SourceText::place)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Settings that differ for a source or a project of it.
	 *
	 * @param source the source's id
	 * @param project the project's id; null: the whole source
	 * @param settings those that differ
	 */
	public record Override(String source, @Nullable String project, Map<String, String> settings) {
	}

	/**
	 * A rule, for people.
	 *
	 * @param code its code
	 * @param definition what it says of a key
	 * @param standards the controls that it supports
	 */
	public record RuleText(String code, String definition, List<String> standards) {
	}

	/**
	 * A source, for people.
	 *
	 * @param id its id
	 * @param title what it is
	 * @param definition its definition's folder
	 * @param sha256 SHA-256 of the definition's files
	 * @param place where its keys are; null: it has not been able to say so yet
	 */
	public record SourceText(String id, String title, String definition, String sha256, @Nullable String place) {
	}

}
