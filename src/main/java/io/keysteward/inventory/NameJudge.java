package io.keysteward.inventory;

import java.util.stream.Collectors;

import io.keysteward.key.SourceTraits;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What judges the names in a reading: a name that the same has judged before need not be
 * judged again.
 *
 * @param id a hash of the program, the policy and the source's columns; null: the program
 * cannot be told from others
 * @param hasJudged whether the same has judged each name that is stored
 */
record NameJudge(@Nullable String id, boolean hasJudged) {

	/**
	 * {@return what judges the names in a reading}
	 * @param policySha256 the policy's hash, with the definitions of sources
	 * @param traits the source's traits in the reading
	 * @param before what has judged the names that are stored; null: not known
	 */
	static NameJudge of(String policySha256, SourceTraits traits, @Nullable String before) {
		return of(Program.id().orElse(null), policySha256, traits, before);
	}

	static NameJudge of(@Nullable String program, String policySha256, SourceTraits traits, @Nullable String before) {
		if (program == null) {
			return new NameJudge(null, false);
		}
		// A name that is missing means something else in a source without names.
		String columns = traits.columns().stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
		String id = Sha256.of(String.join("\n", program, policySha256, columns));
		return new NameJudge(id, id.equals(before));
	}

}
