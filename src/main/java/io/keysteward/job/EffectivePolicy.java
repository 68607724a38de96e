package io.keysteward.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.Rule;
import io.keysteward.policy.rule.PlaceholderNames;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.RunPolicy;
import io.keysteward.source.KeySource;
import io.keysteward.text.Sha256;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy as it is in force, written out, and its SHA-256: of the document as JSON
 * with sorted keys and no spaces.
 *
 * @param document the policy for people and for the record
 * @param sha256 in hex
 */
record EffectivePolicy(PolicyDocument document, String sha256) {

	private static final JsonMapper CANONICAL = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	static EffectivePolicy of(Policy policy, DisablePolicy disable, List<Rule> rules, List<KeySource> sources,
			Places places) {
		Map<String, String> settings = new LinkedHashMap<>(policy.base().settings());
		settings.putAll(disable.settings());
		PolicyDocument document = new PolicyDocument(policy.preset(), settings,
				policy.overrides().stream().map((override) -> differing(policy, settings, override)).toList(),
				rules.stream()
					.map((rule) -> new PolicyDocument.RuleText(rule.code(), rule.definition(), rule.standards()))
					.sorted((a, b) -> a.code().compareTo(b.code()))
					.toList(),
				PlaceholderNames.shipped().version(), sources.stream().map((source) -> text(source, places)).toList());
		return new EffectivePolicy(document, Sha256.of(CANONICAL.writeValueAsString(document)));
	}

	/**
	 * {@return the same as a run has it, before its exemptions are stored}
	 */
	RunPolicy forRun() {
		return new RunPolicy(this.sha256, this.document, null);
	}

	private static PolicyDocument.Override differing(Policy policy, Map<String, String> settings,
			PolicySettings.Override override) {
		String source = String.valueOf(override.source());
		Map<String, String> own = policy.thresholds(source, override.project()).settings();
		return new PolicyDocument.Override(source, override.project(),
				own.entrySet()
					.stream()
					.filter((entry) -> !entry.getValue().equals(settings.get(entry.getKey())))
					.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	private static PolicyDocument.SourceText text(KeySource source, Places places) {
		return new PolicyDocument.SourceText(source.id(), source.title(), source.definition(),
				source.definitionSha256(), places.find(source.id()));
	}

}
