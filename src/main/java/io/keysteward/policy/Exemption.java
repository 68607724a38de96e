package io.keysteward.policy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.keysteward.key.KeyRecord;

/**
 * Written permission to leave keys alone.
 *
 * @param id unique in its file
 * @param covers its scope
 * @param rules the codes of the rules that these keys may break, in order
 * @param reason its reason
 * @param approver who approved it
 * @param ticket the ticket of the decision
 * @param expiresAt the first instant without it
 */
public record Exemption(String id, Scope covers, List<String> rules, String reason, String approver, String ticket,
		Instant expiresAt) {

	/**
	 * {@return the permission that somebody gave by a decision about one key: it covers
	 * whatever rule the key breaks}
	 * @param number the decision's number
	 * @param rules the codes of all rules
	 * @param ticket where it was decided
	 */
	public static Exemption decided(long number, Scope covers, Collection<String> rules, String reason, String approver,
			String ticket, Instant expiresAt) {
		// No id that a file may have, which has no space.
		return new Exemption("decision " + number, covers, rules.stream().sorted().toList(), reason, approver, ticket,
				expiresAt);
	}

	/**
	 * {@return whether it has expired}
	 */
	public boolean isExpired(Instant asOf) {
		return !asOf.isBefore(this.expiresAt);
	}

	boolean permits(KeyRecord key, String rule) {
		return this.rules.contains(rule) && this.covers.fits(key);
	}

}
