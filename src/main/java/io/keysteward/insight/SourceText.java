package io.keysteward.insight;

import java.util.function.LongFunction;

import io.keysteward.run.RunSource;
import org.jspecify.annotations.Nullable;

/**
 * What is said of how the reading of a source went.
 */
public final class SourceText {

	private SourceText() {
	}

	/**
	 * {@return what a source has shown of secrets; null: nothing}
	 * @param keys writes how many keys
	 */
	public static @Nullable String remasked(RunSource source, LongFunction<String> keys) {
		Long rows = source.remasked();
		if (rows == null || rows == 0) {
			return null;
		}
		return (source.fault() != null) ? source.fault()
				: "masked_key of " + keys.apply(rows) + " hides nothing or too little of the secret";
	}

}
