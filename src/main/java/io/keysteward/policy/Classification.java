package io.keysteward.policy;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What the policy says of one key in one run.
 *
 * @param key the key as its source shows it; an active one past its expiry has the status
 * {@code EXPIRED}
 * @param judgement whether it was judged at all
 * @param findings one per rule that objects, in the order of the rules' codes
 * @param exemptedBy per finding the id of the exemption that covers it, or null
 * @param idleDays whole days since the last use that is known of, or since the key could
 * first have been used; null where nothing is known
 * @param dataError why it was not judged, in {@link Judgement#DATA_ERROR} only
 * @param knownUse the use by which it was judged, where its source shows an older one or
 * none; null: it was judged by what its source shows
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

	/** Where nothing is known of its use since, an earlier use does not make it idle. */
	static Usage usage(KeyRecord key, @Nullable Instant knownUse) {
		return (knownUse == null || key.usage().state() == Usage.State.UNKNOWN) ? key.usage() : Usage.used(knownUse);
	}

	/** Whether a key was judged; every key that was read is in exactly one of these. */
	public enum Judgement {

		/** Governed, active, readable: every rule was asked. */
		JUDGED,

		/** The row cannot be right: counted and shown, never acted on. */
		DATA_ERROR,

		/** Its kind is not governed. */
		NOT_GOVERNED,

		/** Disabled or expired. */
		NOT_ACTIVE

	}

}
