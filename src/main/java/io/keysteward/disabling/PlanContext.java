package io.keysteward.disabling;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.keysteward.key.KeyContact;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every key while a run is planned.
 *
 * @param asOf the run's one instant
 * @param policy when a key may be disabled
 * @param sources the facts of each source, by its id
 * @param audience finds who is notified
 */
public record PlanContext(Instant asOf, DisablePolicy policy, Map<String, SourceFacts> sources,
		RecipientLookup audience) {

	/**
	 * {@return why nobody can be notified about a key; null: somebody can}
	 */
	public @Nullable String whyNobody(KeyContact contact) {
		return this.audience.whyNobody().apply(contact);
	}

	public SourceFacts source(String id) {
		return Objects.requireNonNull(this.sources.get(id));
	}

}
