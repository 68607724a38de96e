package io.keysteward.policy;

import java.util.List;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the policy says of one key in one run.
 *
 * @param key the key; an active one past its expiry has the status {@code EXPIRED}
 * @param judgement whether it was judged at all
 * @param findings one per rule that objects, in the order of the rules' codes
 * @param exemptedBy per finding the id of the exemption that covers it, or null
 * @param idleDays whole days since the last use that is known of, or since the key could
 * first have been used; null where nothing is known
 * @param dataError why it was not judged, in {@link Judgement#DATA_ERROR} only
 */
public record Classification(KeyRecord key, Judgement judgement, List<Finding> findings,
		List<@Nullable String> exemptedBy, @Nullable Integer idleDays, @Nullable String dataError) {

	static Classification notJudged(KeyRecord key, Judgement judgement, @Nullable Integer idleDays,
			@Nullable String dataError) {
		return new Classification(key, judgement, List.of(), List.of(), idleDays, dataError);
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
