package io.keysteward.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.decision.Decisions;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemption;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.ExemptionsFile;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.run.Gate;
import io.keysteward.run.Run;
import io.keysteward.run.RunExemption;
import io.keysteward.run.RunJournal;
import io.keysteward.run.Runs;
import io.keysteward.source.SourceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What a run is permitted to leave alone: by the file and by decisions, and stored with
 * the run.
 */
@Component
public class RunExemptions {

	private static final Logger logger = LoggerFactory.getLogger(RunExemptions.class);

	private static final int LONGEST_DETAIL = 500;

	private final ExemptionsFile file;

	private final SourceRegistry sources;

	private final Runs runs;

	private final RunJournal journal;

	private final Policy policy;

	private final Decisions decisions;

	private final List<String> rules;

	RunExemptions(ExemptionsFile file, SourceRegistry sources, Runs runs, RunJournal journal, Policy policy,
			Decisions decisions, List<Rule> rules) {
		this.file = file;
		this.decisions = decisions;
		this.rules = rules.stream().map(Rule::code).toList();
		this.policy = policy;
		this.sources = sources;
		this.runs = runs;
		this.journal = journal;
	}

	/**
	 * {@return the exemptions of the file, and those that people have decided}
	 */
	public Exemptions read(Instant asOf) {
		return written(asOf).with(this.decisions.permissions(asOf, this.rules));
	}

	/**
	 * {@return the exemptions of the file}
	 */
	public Exemptions written(Instant asOf) {
		return this.file.read(asOf, this.sources.ids());
	}

	/**
	 * {@return a record, empty yet, of which of these and of the policy's overrides fit a
	 * key}
	 */
	Coverage coverage(Exemptions exemptions) {
		return new Coverage(exemptions, this.policy);
	}

	/**
	 * {@return whether the run was judged with these}
	 */
	boolean areThoseOf(Run run, Exemptions exemptions) {
		return Objects.equals(run.exemptionsSha256(), exemptions.sha256()) && stored(run).equals(rows(exemptions));
	}

	/** Stores them; what cannot be understood holds the run. */
	void store(Run run, Exemptions exemptions) {
		// A continued run keeps what it has found out of them.
		if (!areThoseOf(run, exemptions)) {
			this.journal.recordExemptions(run.id(), exemptions.sha256(), rows(exemptions));
		}
		this.journal.hold(run.id(), Gate.EXEMPT, exemptions.faults().isEmpty() ? null : detail(exemptions.faults()));
		exemptions.faults().forEach((fault) -> logger.error("exemptions: {}", fault));
	}

	/**
	 * Tells which exemptions and overrides fit no key, if every key has been read.
	 */
	void warn(Run run, Coverage coverage) {
		if (run.narrowed()) {
			return;
		}
		Map<String, String> hints = new HashMap<>();
		for (Coverage.Unfit unfit : coverage.unfit(Set.copyOf(run.sources()))) {
			logger.warn("run {}: {}", run.key(), unfit.line());
			if (unfit.exemption() != null) {
				hints.put(unfit.exemption(), unfit.hint());
			}
		}
		if (!hints.isEmpty()) {
			this.journal.recordExemptions(run.id(), run.exemptionsSha256(),
					stored(run).stream()
						.map((row) -> hints.containsKey(row.id()) ? row.unfit(hints.getOrDefault(row.id(), "")) : row)
						.toList());
		}
	}

	private List<RunExemption> stored(Run run) {
		return this.runs.exemptions(run.id()).stream().map(RunExemption::asWritten).toList();
	}

	private static List<RunExemption> rows(Exemptions exemptions) {
		return exemptions.all().stream().map(RunExemptions::row).sorted(RunExemptions::byId).toList();
	}

	private static int byId(RunExemption one, RunExemption other) {
		return one.id().compareTo(other.id());
	}

	private static RunExemption row(Exemption exemption) {
		return new RunExemption(exemption.id(), exemption.covers().toString(), exemption.rules(), exemption.reason(),
				exemption.approver(), exemption.ticket(), exemption.expiresAt());
	}

	private static String detail(List<String> faults) {
		StringBuilder detail = new StringBuilder();
		for (int fault = 0; fault < faults.size(); fault++) {
			String next = faults.get(fault);
			if (fault > 0 && detail.length() + next.length() > LONGEST_DETAIL) {
				return detail + "; and " + (faults.size() - fault) + " more in the log";
			}
			detail.append((fault > 0) ? "; " : "").append(next);
		}
		return detail.toString();
	}

}
