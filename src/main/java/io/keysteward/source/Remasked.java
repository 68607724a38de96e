package io.keysteward.source;

import java.util.List;

import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose masked key showed too much and was masked again.
 *
 * @param rows the number of keys
 * @param keyIds the first of their ids
 */
public record Remasked(long rows, List<String> keyIds) {

	/** More ids do not help, since the definition is wrong for all keys. */
	public static final int MOST_NAMED = 5;

	private static final int LONGEST_ID = 60;

	public Remasked {
		keyIds = List.copyOf(keyIds);
	}

	/**
	 * {@return the fault of the source's definition; null: none}
	 */
	public @Nullable String fault() {
		if (this.rows == 0) {
			return null;
		}
		long others = this.rows - this.keyIds.size();
		return "masked_key of " + Plural.of(this.rows, "key") + " hides nothing or too little of the secret: "
				+ String.join(", ", this.keyIds.stream().map(Remasked::shown).toList())
				+ ((others > 0) ? " and " + others + " more" : "");
	}

	private static String shown(String keyId) {
		return SafeText.beginning(SafeText.visible(keyId), LONGEST_ID);
	}

}
