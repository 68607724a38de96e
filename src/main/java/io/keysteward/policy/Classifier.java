package io.keysteward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Judges each key of one source by the policy at one instant.
 */
public final class Classifier {

	/** The most that the source's clock may be ahead. */
	private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	private final List<Rule> rules;

	private final List<Rule> rulesButOfNames;

	private final Policy policy;

	private final SourceTraits source;

	private final Instant asOf;

	private final Exemptions exemptions;

	private final Instant latest;

	/** For keys whose project has no override, which are nearly all. */
	private final RuleContext usual;

	/**
	 * Makes a classifier for one snapshot of one source.
	 * @param rules the rules, in any order
	 * @param policy the policy in force
	 * @param source what the source declares in this snapshot
	 * @param asOf the run's one instant
	 * @param readAt the time of the snapshot; a late run sees uses after its as-of
	 * @param exemptions the exemptions at that instant
	 */
	public Classifier(List<Rule> rules, Policy policy, SourceTraits source, Instant asOf, Instant readAt,
			Exemptions exemptions) {
		this.rules = rules.stream().sorted(Comparator.comparing(Rule::code)).toList();
		this.rulesButOfNames = this.rules.stream().filter((rule) -> rule.evidence() != Rule.Evidence.NAME).toList();
		this.policy = policy;
		this.source = source;
		this.asOf = asOf;
		this.exemptions = exemptions;
		this.latest = (readAt.isAfter(asOf) ? readAt : asOf).plus(CLOCK_SKEW);
		this.usual = new RuleContext(asOf, policy.thresholds(source.source(), null), source);
	}

	/**
	 * {@return the judgement of the key}
	 * @param read the key as the source shows it
	 */
	public Classification classify(KeyRecord read) {
		return classify(read, null);
	}

	/**
	 * {@return the judgement of the key}
	 * @param read the key as the source shows it
	 * @param knownUse a newer use that an earlier reading has seen; null: none
	 */
	public Classification classify(KeyRecord read, @Nullable Instant knownUse) {
		return classify(read, knownUse, this.rules);
	}

	/**
	 * {@return the judgement of the key if its name has no fault}
	 * @param read the key as the source shows it
	 * @param knownUse a newer use that an earlier reading has seen; null: none
	 */
	public Classification classifyWellNamed(KeyRecord read, @Nullable Instant knownUse) {
		return classify(read, knownUse, this.rulesButOfNames);
	}

	private Classification classify(KeyRecord read, @Nullable Instant knownUse, List<Rule> rules) {
		RuleContext terms = termsFor(read);
		KeyRecord newest = (knownUse != null) ? withUsage(read, Classification.usage(read, knownUse)) : read;
		String dataError = dataError(newest, terms);
		if (dataError != null) {
			return Classification.notJudged(read, Judgement.DATA_ERROR, null, dataError, knownUse);
		}
		KeyRecord key = expired(read);
		KeyRecord judged = (newest != read) ? expired(newest) : key;
		Integer idleDays = idleDays(judged, terms);
		if (!this.source.governs(key.kind())) {
			return Classification.notJudged(key, Judgement.NOT_GOVERNED, idleDays, null, knownUse);
		}
		if (key.status() != KeyStatus.ACTIVE) {
			return Classification.notJudged(key, Judgement.NOT_ACTIVE, idleDays, null, knownUse);
		}
		List<Finding> findings = findings(judged, terms, rules);
		return new Classification(key, Judgement.JUDGED, findings, this.exemptions.covering(key, findings), idleDays,
				null, knownUse);
	}

	private static KeyRecord withUsage(KeyRecord key, Usage usage) {
		return new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(), key.createdAt(), usage,
				key.expiresAt(), key.status(), key.kind(), key.lastDeniedAt(), key.referencedBy(), key.dataError());
	}

	private RuleContext termsFor(KeyRecord key) {
		Thresholds thresholds = this.policy.thresholds(this.source.source(), key.project().id());
		return (thresholds == this.usual.thresholds()) ? this.usual
				: new RuleContext(this.asOf, thresholds, this.source);
	}

	private @Nullable String dataError(KeyRecord key, RuleContext terms) {
		if (key.dataError() != null) {
			return key.dataError();
		}
		Instant created = key.createdAt();
		Instant used = key.usage().lastUsedAt();
		if (used != null && used.isAfter(this.latest)) {
			return "Last used at " + used + ", which is after it was read" + limit();
		}
		if (created != null && created.isAfter(this.latest)) {
			return "Created at " + created + ", which is after it was read" + limit();
		}
		if (used != null && created != null && used.plus(terms.thresholds().uncertainty()).isBefore(created)) {
			return "Last used at " + used + ", before it was created at " + created
					+ ", by more than the uncertainty of " + DurationText.format(terms.thresholds().uncertainty())
					+ ".";
		}
		return deniedError(key, terms);
	}

	/** An attempt is no use, but a source with such a time has a wrong clock. */
	private @Nullable String deniedError(KeyRecord key, RuleContext terms) {
		Instant denied = key.lastDeniedAt();
		if (denied == null) {
			return null;
		}
		if (denied.isAfter(this.latest)) {
			return "Last denied at " + denied + ", which is after it was read" + limit();
		}
		Instant created = key.createdAt();
		if (created != null && denied.plus(terms.thresholds().uncertainty()).isBefore(created)) {
			return "Last denied at " + denied + ", before it was created at " + created
					+ ", by more than the uncertainty of " + DurationText.format(terms.thresholds().uncertainty())
					+ ".";
		}
		return null;
	}

	private String limit() {
		return ", at " + this.latest.minus(CLOCK_SKEW) + ".";
	}

	private KeyRecord expired(KeyRecord key) {
		Instant expires = key.expiresAt();
		if (expires == null || expires.isAfter(this.asOf) || key.status() != KeyStatus.ACTIVE) {
			return key;
		}
		return new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(), key.createdAt(),
				key.usage(), expires, KeyStatus.EXPIRED, key.kind(), key.lastDeniedAt(), key.referencedBy(), null);
	}

	private @Nullable Integer idleDays(KeyRecord key, RuleContext terms) {
		Instant since = terms.unusedSince(key);
		if (since == null) {
			return null;
		}
		if (!since.isAfter(this.asOf)) {
			return (int) Math.min(Duration.between(since, this.asOf).toDays(), Integer.MAX_VALUE);
		}
		// The key was used or created between as-of and reading. Otherwise recording
		// starts after this run, and nothing is known.
		return since.equals(key.usage().lastUsedAt()) || since.equals(key.createdAt()) ? 0 : null;
	}

	private static List<Finding> findings(KeyRecord key, RuleContext terms, List<Rule> rules) {
		List<Finding> findings = null;
		for (Rule rule : rules) {
			Optional<Finding> finding = rule.judge(key, terms);
			if (finding.isPresent()) {
				findings = (findings != null) ? findings : new ArrayList<>(2);
				findings.add(finding.get());
			}
		}
		// Saves millions of empty lists, since most keys have none.
		return (findings != null) ? findings : List.of();
	}

}
