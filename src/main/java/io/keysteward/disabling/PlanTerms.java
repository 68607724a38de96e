package io.keysteward.disabling;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What holds for every key of a run while it is planned.
 *
 * @param asOf the run's one instant
 * @param policy when a key may be disabled
 * @param sources the facts of each source, by its id
 * @param whyNobody says of a key's contact why nobody can be told; null: somebody can
 */
record PlanTerms(Instant asOf, DisablePolicy policy, Map<String, SourceFacts> sources,
		Function<KeyContact, @Nullable String> whyNobody) {

	SourceFacts source(String id) {
		return Objects.requireNonNull(this.sources.get(id));
	}

}
