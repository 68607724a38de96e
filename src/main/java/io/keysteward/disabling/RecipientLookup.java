package io.keysteward.disabling;

import java.util.List;
import java.util.function.Function;

import io.keysteward.key.KeyContact;
import org.jspecify.annotations.Nullable;

/**
 * Finds who is notified about a key.
 *
 * @param whyNobody why nobody can be notified, as a sentence; null: somebody can
 * @param recipients the addresses that would be notified now
 */
public record RecipientLookup(Function<KeyContact, @Nullable String> whyNobody,
		Function<KeyContact, List<String>> recipients) {

}
