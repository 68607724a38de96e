package io.keysteward.policy;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one key in one run.
 *
 * @param key the key as its source shows it, but with the status {@code EXPIRED} if an
 * active key is past its end
 * @param judgement whether it was judged at all
 * @param findings one finding for each rule that objects, in the order of the rules'
 * codes
 * @param exemptedBy for each finding the id of the exemption that covers it, or null
 * @param idleDays whole days since the last known use, or since the key could first have
 * been used; null: not known
 * @param dataError why it was not judged; only with {@link Judgement#DATA_ERROR}
 * @param knownUse the newer known use by which it was judged; null: it was judged by its
 * source's row
 */
public record Classification(KeyRecord key, Judgement judgement, List<Finding> findings,
		List<@Nullable String> exemptedBy, @Nullable Integer idleDays, @Nullable String dataError,
		@Nullable Instant knownUse) {

	static Classification notJudged(KeyRecord key, Judgement judgement, @Nullable Integer idleDays,
			@Nullable String dataError, @Nullable Instant knownUse) {
		return new Classification(key, judgement, List.of(), List.of(), idleDays, dataError, knownUse);
	}

	/**
	 * {@return the usage by which it was judged}
	 */
	public Usage usage() {
		return usage(this.key, this.knownUse);
	}

	/** If its later use is unknown, an earlier use does not make it idle. */
	static Usage usage(KeyRecord key, @Nullable Instant knownUse) {
		return (knownUse == null || key.usage().state() == Usage.State.UNKNOWN) ? key.usage() : Usage.used(knownUse);
	}

	/** Whether a key was judged; every key has exactly one of these values. */
	public enum Judgement {

		/** Governed, active, readable: every rule was applied. */
		JUDGED,

		/** The row cannot be right: counted and shown, never acted on. */
		DATA_ERROR,

		/** Its kind is not governed. */
		NOT_GOVERNED,

		/** Disabled or expired. */
		NOT_ACTIVE

	}

}
