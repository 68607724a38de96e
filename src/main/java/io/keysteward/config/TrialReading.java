package io.keysteward.config;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.keysteward.inventory.SeenKeyIds;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Reads and judges the keys of a source as a run would, and stores nothing: most faults
 * of a definition show only in some row.
 */
final class TrialReading {

	private static final int BLOCK = 1000;

	private final Policy policy;

	private final List<Rule> rules;

	private final Exemptions exemptions;

	private final Coverage coverage;

	private final Instant asOf;

	/**
	 * Prepares a reading.
	 * @param coverage gets every key
	 * @param asOf the instant by which keys are judged
	 */
	TrialReading(Policy policy, List<Rule> rules, Exemptions exemptions, Coverage coverage, Instant asOf) {
		this.policy = policy;
		this.rules = rules;
		this.exemptions = exemptions;
		this.coverage = coverage;
		this.asOf = asOf;
	}

	/**
	 * {@return the result}
	 * @param source the source
	 * @param most the most keys to read, rounded up to blocks
	 * @throws Failure where a row cannot be read, has no key id or a duplicate one
	 */
	Result read(KeySource source, long most) {
		try (KeySnapshot reading = source.open(Set.of())) {
			requireKnown(source, reading.traits());
			Classifier classifier = new Classifier(this.rules, this.policy, reading.traits(), this.asOf,
					reading.snapshotAt(), this.exemptions);
			SeenKeyIds ids = new SeenKeyIds();
			RehearsalKeys rehearsal = new RehearsalKeys(reading.traits());
			Result result = Result.NOTHING;
			List<KeyRecord> block = reading.next(BLOCK);
			while (!block.isEmpty()) {
				for (KeyRecord key : block) {
					ids.requireNew(source.id(), source.definitionFile(), key.id().id());
					this.coverage.read(key);
					Classification classified = classifier.classify(key);
					rehearsal.offer(classified);
					result = result.with(classified, reading.traits());
				}
				if (result.keys >= most) {
					return result.ended(false, rehearsal.longestUnused());
				}
				block = reading.next(BLOCK);
			}
			this.coverage.readAll(source.id());
			return result.ended(true, rehearsal.longestUnused());
		}
	}

	/** No key would ever be idle, and nobody would notice. */
	private void requireKnown(KeySource source, SourceTraits traits) {
		Instant since = traits.knownSince();
		if (since != null && since.isAfter(this.asOf)) {
			throw Failure.configuration("source '" + source.id() + "': usage.known-since of definition '"
					+ source.definition() + "' is " + since + ", which lies in the future (now is " + this.asOf
					+ "): no key could be idle; write since when use has been recorded, or usage.recorded: none");
		}
	}

	/**
	 * The result of reading a source.
	 *
	 * @param keys how many
	 * @param whole whether these are all
	 * @param flagged those with a finding
	 * @param judged those that were judged
	 * @param dataErrors those that could not be judged, for errors in the data
	 * @param meant those of the latter that are on and governed by what is known of them
	 * @param example the first of these, with its reason; null: there is none
	 * @param longestUnused keys for the rehearsal, the best first
	 */
	record Result(long keys, boolean whole, long flagged, long judged, long dataErrors, long meant,
			@Nullable String example, List<KeyRecord> longestUnused) {

		private static final Result NOTHING = new Result(0, true, 0, 0, 0, 0, null, List.of());

		/**
		 * {@return whether a run would judge nothing, although keys are meant to be
		 * judged}
		 */
		boolean judgesNothing() {
			return this.whole && this.judged == 0 && this.meant > 0;
		}

		private Result with(Classification key, SourceTraits source) {
			boolean wrong = key.judgement() == Judgement.DATA_ERROR;
			boolean meant = wrong && source.governs(key.key().kind()) && key.key().status() == KeyStatus.ACTIVE;
			return new Result(this.keys + 1, true, this.flagged + (key.findings().isEmpty() ? 0 : 1),
					this.judged + ((key.judgement() == Judgement.JUDGED) ? 1 : 0), this.dataErrors + (wrong ? 1 : 0),
					this.meant + (meant ? 1 : 0), (wrong && this.example == null) ? example(key) : this.example,
					List.of());
		}

		private static String example(Classification key) {
			return SafeText.visible(key.key().id().toString()) + ": "
					+ SafeText.visible(String.valueOf(key.dataError())).replaceFirst("\\.$", "");
		}

		private Result ended(boolean whole, List<KeyRecord> longestUnused) {
			return new Result(this.keys, whole, this.flagged, this.judged, this.dataErrors, this.meant, this.example,
					longestUnused);
		}

		String text() {
			return (this.whole ? "all " : "the first ") + Plural.of(this.keys, "key") + " read and judged, "
					+ this.flagged + " flagged";
		}

	}

}
