package io.keysteward.run;

import java.time.Instant;
import java.util.List;

/**
 * An exemption as it was when a run judged.
 *
 * @param id its id
 * @param covers its scope in words
 * @param rules the rules that it permits to break, in order
 * @param reason why
 * @param approver who permitted it
 * @param ticket where it was decided
 * @param expiresAt the first instant without it
 */
public record RunExemption(String id, String covers, List<String> rules, String reason, String approver, String ticket,
		Instant expiresAt) {

	private static final String FITS_NO_KEY = " (fits no key";

	/**
	 * {@return the same, with the remark that it fits no key of a whole inventory}
	 * @param hint what was most likely meant, after a semicolon; empty: nothing is near
	 */
	public RunExemption unfit(String hint) {
		return covering(this.covers + FITS_NO_KEY + hint + ")");
	}

	/**
	 * {@return whether it has that remark}
	 */
	public boolean isUnfit() {
		return isUnfit(this.covers);
	}

	/**
	 * {@return whether a stored scope has that remark}
	 */
	public static boolean isUnfit(String covers) {
		return covers.contains(FITS_NO_KEY);
	}

	/**
	 * {@return the same, as it was written}
	 */
	public RunExemption asWritten() {
		return isUnfit() ? covering(this.covers.substring(0, this.covers.lastIndexOf(FITS_NO_KEY))) : this;
	}

	private RunExemption covering(String scope) {
		return new RunExemption(this.id, scope, this.rules, this.reason, this.approver, this.ticket, this.expiresAt);
	}

}
