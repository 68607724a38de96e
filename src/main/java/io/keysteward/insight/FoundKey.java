package io.keysteward.insight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.policy.Classification.Judgement;
import io.keysteward.text.Plural;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A key of an inventory that a search found. All text is untrusted.
 *
 * @param lastUse its newest use that is known
 * @param goneBack whether its source shows an older one, or none
 * @param lastDeniedAt when somebody last tried it and was refused; null: not known
 * @param referencedBy what else still names it; null: nothing, or not known
 * @param exemptedBy per finding the exemption that covers it, or null
 * @param reasons one sentence per finding, in the order of the findings
 * @param closedGates the gates that keep it from being disabled; none: no gate does, or
 * none was asked
 * @param dueAt the earliest time at which it may be disabled if nothing changes; null:
 * not in sight
 */
public record FoundKey(String source, String keyId, @Nullable String name, @Nullable String maskedKey,
		@Nullable String projectId, @Nullable String projectName, @Nullable String ownerId, @Nullable String ownerName,
		@Nullable String ownerEmail, @Nullable String status, @Nullable String kind, Judgement judgement,
		@Nullable Instant createdAt, LastUse lastUse, boolean goneBack, @Nullable Integer idleDays,
		@Nullable Instant lastDeniedAt, @Nullable String referencedBy, List<String> findings, List<String> reasons,
		List<@Nullable String> exemptedBy, @Nullable String dataError, List<String> closedGates,
		@Nullable Instant dueAt) {

	/**
	 * {@return when it was created, in words}
	 */
	public String created() {
		return (this.createdAt != null) ? UtcMinute.of(this.createdAt) : LastUse.NOT_RECORDED;
	}

	/**
	 * {@return when it was last used, and for how long it was not, in words}
	 */
	public String lastUsed() {
		String idle = (this.idleDays != null) ? " (idle for " + Plural.of(this.idleDays, "day") + ")" : "";
		return this.lastUse.text(UtcMinute::of) + idle
				+ (this.goneBack ? "; its source shows an older use now, or none" : "");
	}

	/**
	 * {@return what its run judged, in words}
	 */
	public String judged() {
		return switch (this.judgement) {
			case JUDGED -> this.findings.isEmpty() ? "nothing is wrong" : String.join(", ", this.findings);
			case DATA_ERROR ->
				"no, its record cannot be right: " + (StringUtils.hasLength(this.dataError) ? this.dataError : "-");
			case NOT_GOVERNED ->
				"no, its kind" + ((this.kind != null) ? ", '" + this.kind + "'," : "") + " is not governed";
			case NOT_ACTIVE -> "no, it is not active";
		};
	}

	/**
	 * {@return a line for each finding: the rule, the exemption that covers it, the
	 * reason}
	 */
	public List<String> findingLines() {
		List<String> lines = new ArrayList<>();
		for (int finding = 0; finding < this.findings.size(); finding++) {
			String exemption = (finding < this.exemptedBy.size()) ? this.exemptedBy.get(finding) : null;
			lines.add(this.findings.get(finding) + ((exemption != null) ? ", exempt by " + exemption : "") + ": "
					+ this.reasons.get(finding));
		}
		return lines;
	}

}
