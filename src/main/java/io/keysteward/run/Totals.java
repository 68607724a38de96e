package io.keysteward.run;

import java.util.List;

import io.keysteward.key.Level;
import org.jspecify.annotations.Nullable;

/**
 * A run's control totals, counted from what is stored ({@code run.totals}), and what is
 * not stored as its reader counted it.
 *
 * @param sources per source, what became of the rows that were read
 * @param findings open findings by rule and level after this run, exempt ones left out
 * @param flaggedKeys judged keys with at least one finding
 * @param newFindings findings first seen in this run
 * @param worseFindings findings raised to {@code VIOLATION} by this run
 * @param resolvedFindings findings that this run resolved, but for those that follow
 * @param disabledFindings findings that ended because Keysteward had disabled their keys;
 * older runs have not counted them apart
 * @param actions what was decided and done about disabling; null: the run is older than
 * that
 */
public record Totals(List<SourceTotals> sources, List<RuleTotals> findings, long flaggedKeys, long newFindings,
		long worseFindings, long resolvedFindings, @Nullable Long disabledFindings, @Nullable ActionTotals actions) {

	/** So many data errors are a mistake here and there; more, and a share, are not. */
	private static final int FEW_DATA_ERRORS = 3;

	private static final int MOST_PERCENT = 10;

	public Totals {
		disabledFindings = (disabledFindings != null) ? disabledFindings : 0L;
	}

	/** Totals of a run in which nothing was planned. */
	public Totals(List<SourceTotals> sources, List<RuleTotals> findings, long flaggedKeys, long newFindings,
			long worseFindings, long resolvedFindings) {
		this(sources, findings, flaggedKeys, newFindings, worseFindings, resolvedFindings, 0L, null);
	}

	/**
	 * {@return these totals after something was decided or done about disabling}
	 */
	public Totals with(ActionTotals newActions) {
		return new Totals(this.sources, this.findings, this.flaggedKeys, this.newFindings, this.worseFindings,
				this.resolvedFindings, this.disabledFindings, newActions);
	}

	/**
	 * {@return findings that ended because Keysteward had disabled their keys}
	 */
	public long endedByDisabling() {
		return (this.disabledFindings != null) ? this.disabledFindings : 0;
	}

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
	public long count(String rule, Level level) {
		return this.findings.stream()
			.filter((line) -> line.rule().equals(rule) && line.level() == level)
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
	 * @param remasked rows whose masked key showed too much
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
		 * {@return whether so many rows could not be judged that the definition is more
		 * likely wrong than the rows: all of them, or more than three and more than 10 %}
		 */
		public boolean hasManyDataErrors() {
			return this.dataErrors > 0 && (this.dataErrors == this.read
					|| this.dataErrors > FEW_DATA_ERRORS && this.dataErrors * 100 > this.read * MOST_PERCENT);
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
	 * @param level its level
	 * @param keys how many
	 */
	public record RuleTotals(String rule, Level level, long keys) {
	}

	/**
	 * What was decided about the keys that might be disabled, and what was done.
	 *
	 * @param disabled keys that this run disabled
	 * @param wouldDisable keys that it would have disabled, had it been let
	 * @param skippedChanged keys that were left alone, since they had changed after they
	 * were read
	 * @param failed keys that could not be disabled
	 * @param unsettled keys that are due and of which it is not known yet what became
	 * @param held keys that a gate held
	 * @param heldBy per gate, the keys of which it was the first that was closed, in the
	 * order of the gates
	 * @param postponed keys that could not be disabled yet and are tried again when the
	 * run is continued; older runs have none
	 */
	public record ActionTotals(long disabled, long wouldDisable, long skippedChanged, long failed, long unsettled,
			long held, List<GateTotals> heldBy, @Nullable Long postponed) {

		public ActionTotals {
			postponed = (postponed != null) ? postponed : 0L;
		}

		/** Totals of a run in which nothing was postponed. */
		public ActionTotals(long disabled, long wouldDisable, long skippedChanged, long failed, long unsettled,
				long held, List<GateTotals> heldBy) {
			this(disabled, wouldDisable, skippedChanged, failed, unsettled, held, heldBy, 0L);
		}

		/** Nothing was planned. */
		public static final ActionTotals NONE = new ActionTotals(0, 0, 0, 0, 0, 0, List.of());

		/**
		 * {@return keys that are tried again when the run is continued}
		 */
		public long notYet() {
			return (this.postponed != null) ? this.postponed : 0;
		}

		/**
		 * {@return keys that were due}
		 */
		public long due() {
			return this.disabled + this.skippedChanged + this.failed + this.unsettled + notYet();
		}

		/**
		 * {@return keys about which something was decided}
		 */
		public long planned() {
			return notYet() + this.disabled + this.wouldDisable + this.skippedChanged + this.failed + this.unsettled
					+ this.held;
		}

	}

	/**
	 * Keys that a gate held.
	 *
	 * @param gate the gate's name
	 * @param keys how many keys it was the first to hold
	 */
	public record GateTotals(String gate, long keys) {

		public GateTotals(Gate gate, long keys) {
			this(gate.name(), keys);
		}

		/**
		 * {@return whether it is this gate; a later version may know others}
		 */
		public boolean isOf(Gate other) {
			return this.gate.equals(other.name());
		}

	}

}
