package io.keysteward.source.landing;

import java.util.Map;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just read again, with the row that it was made of.
 *
 * @param key as select.sql shows it
 * @param row the landed and hidden values by the columns' names; a secret
 */
public record LandedKey(KeyRecord key, Map<String, @Nullable String> row) {

	@Override
	public String toString() {
		return "LandedKey " + this.key.id();
	}

}
