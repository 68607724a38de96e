package io.keysteward.disabling;

import java.util.List;
import java.util.function.Function;

import io.keysteward.key.KeyContact;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is told about a key.
 *
 * @param whyNobody why nobody can be told, in a sentence; null: somebody can
 * @param recipients the addresses of those who would be told now
 */
public record RecipientLookup(Function<KeyContact, @Nullable String> whyNobody,
		Function<KeyContact, List<String>> recipients) {

}
