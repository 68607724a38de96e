package io.keysteward.insight;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A key for which a run has planned, with the values by which its gates were asked.
 *
 * @param run the run
 * @param key the key as the run has read it
 * @param closed the closed gates, each with its reason
 * @param dueAt the earliest time at which it may be disabled; null: not in sight
 * @param warnedAt when the warning that counts was sent; null: none counts
 * @param finalAt when the last warning that counts was sent; null: none counts
 * @param seenDays on how many days its finding was seen; null: that is not stored
 * @param idle whether its idle finding was open
 * @param kind its kind; null: its source shows none
 * @param showsReferences whether its source has the column {@code referenced_by}
 * @param thresholdAt when it passes the disabling threshold by its open findings, or
 * passed it; null: not by time
 * @param exempt whether an exemption covers its idle or orphaned finding
 * @param exemptUntil when the first of these exemptions ends; null: there is none
 */
record PlannedKey(Run run, FoundKey key, Map<Gate, String> closed, @Nullable Instant dueAt, @Nullable Instant warnedAt,
		@Nullable Instant finalAt, @Nullable Integer seenDays, boolean idle, @Nullable String kind,
		boolean showsReferences, @Nullable Instant thresholdAt, boolean exempt, @Nullable Instant exemptUntil) {

	/** In the policy only where it is required. */
	private static final String APPROVAL = "disable.approval";

	/**
	 * {@return the reasons by gate}
	 * @param gates the closed gates in order
	 * @param detail a line for each of them; an earlier version wrote one for all
	 */
	static Map<Gate, String> reasons(List<String> gates, @Nullable String detail) {
		List<String> lines = (detail != null) ? Arrays.asList(detail.split("\n")) : Collections.emptyList();
		Map<Gate, String> reasons = new EnumMap<>(Gate.class);
		for (int gate = 0; gate < gates.size(); gate++) {
			String reason = (lines.size() == gates.size()) ? lines.get(gate)
					: (gate == 0 && detail != null) ? ActionText.reasons(detail) : ActionText.NO_REASON;
			reasons.put(Gate.valueOf(gates.get(gate)), String.valueOf(reason));
		}
		return reasons;
	}

	String setting(String name) {
		return this.run.policy().setting(name, this.key.source(), this.key.projectId());
	}

	/**
	 * {@return whether what its source says of its use is not to be relied on}
	 */
	boolean isUseUnsure() {
		return this.key.goneBack() || this.key.lastUse().at() == null && !this.key.lastUse().never();
	}

	boolean isApprovalRequired() {
		return setting(APPROVAL).equals("required");
	}

	/**
	 * {@return whether a gate that is not closed was asked at all}
	 */
	boolean asked(Gate gate) {
		return switch (gate) {
			case EXEMPT, KIND, POLICY, WINDOW -> true;
			case REFERENCED -> this.showsReferences;
			case LEVEL, REENABLED -> !this.exempt;
			case APPROVAL, SEEN_BEFORE, NOTICE ->
				!this.exempt && this.idle && !Gate.keepOffTheWay(this.closed.keySet());
			case FRESH -> !this.closed.containsKey(Gate.KIND);
			case BREAKER -> this.closed.isEmpty();
			case WARNINGS -> false;
		};
	}

}
