package io.keysteward.insight;

import java.time.LocalDate;

import io.keysteward.key.KeyId;

/**
 * What a night does with a key.
 *
 * @param day the night's day (UTC)
 * @param kind what it does
 * @param key the key
 * @param owner to whom the mail about it goes; for a disabling, to whom the last one went
 */
public record ForecastStep(LocalDate day, Kind kind, KeyId key, String owner) {

	/** The steps of a key, in their order. */
	public enum Kind {

		/** Its owner is warned. */
		WARNING("warned"),

		/** Its owner is warned for the last time. */
		FINAL("last warning"),

		/** It is disabled. */
		DISABLED("disabled");

		private final String words;

		Kind(String words) {
			this.words = words;
		}

		/**
		 * {@return the step, for people}
		 */
		public String words() {
			return this.words;
		}

	}

}
