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

}
