package io.keysteward.run;

import java.util.List;

/**
 * A run's control totals, counted from what is stored ({@code run.totals}).
 *
 * @param sources per source, what became of the rows that were read
 * @param findings open findings by rule and level after this run, exempt keys left out
 * @param flaggedKeys judged keys with at least one finding
 * @param newFindings findings first seen in this run
 * @param worseFindings findings raised to {@code VIOLATION} by this run
 * @param resolvedFindings findings that this run resolved
 */
public record Totals(List<SourceTotals> sources, List<RuleTotals> findings, long flaggedKeys, long newFindings,
		long worseFindings, long resolvedFindings) {

	public long read() {
		return this.sources.stream().mapToLong(SourceTotals::read).sum();
	}

	public long judged() {
		return this.sources.stream().mapToLong(SourceTotals::judged).sum();
	}

	public long dataErrors() {
		return this.sources.stream().mapToLong(SourceTotals::dataErrors).sum();
	}

	public long notGoverned() {
		return this.sources.stream().mapToLong(SourceTotals::notGoverned).sum();
	}

	public long notActive() {
		return this.sources.stream().mapToLong(SourceTotals::notActive).sum();
	}

	/**
	 * {@return open findings of a rule at a level}
	 */
	public long count(String rule, String level) {
		return this.findings.stream()
			.filter((line) -> line.rule().equals(rule) && line.level().equals(level))
			.mapToLong(RuleTotals::keys)
			.sum();
	}

	/**
	 * What became of one source's rows: {@code read} is the reader's count, the others
	 * are counted from the stored rows.
	 *
	 * @param source the source's id
	 * @param read rows that the reader handed over
	 * @param judged governed, active and readable
	 * @param dataErrors rows that cannot be right
	 * @param notGoverned of a kind that is not governed
	 * @param notActive disabled or expired
	 * @param flagged judged keys with at least one finding
	 * @param remasked rows whose masked key held a whole secret
	 */
	public record SourceTotals(String source, long read, long judged, long dataErrors, long notGoverned, long notActive,
			long flagged, long remasked) {

		/**
		 * {@return whether every row that was read is accounted for}
		 */
		public boolean reconciles() {
			return this.read == stored();
		}

		/**
		 * {@return rows that are stored, in whatever judgement}
		 */
		public long stored() {
			return this.judged + this.dataErrors + this.notGoverned + this.notActive;
		}

	}

	/**
	 * Open findings of a rule at a level.
	 *
	 * @param rule the rule's code
	 * @param level {@code WARN} or {@code VIOLATION}
	 * @param keys how many
	 */
	public record RuleTotals(String rule, String level, long keys) {
	}

}
