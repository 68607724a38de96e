package io.keysteward.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.policy.Exemptions;
import io.keysteward.run.NewRun;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunOrigin;
import io.keysteward.run.RunScope;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * A run's row: written anew, or found again and continued.
 */
@Component
class RunRow {

	private static final Logger logger = LoggerFactory.getLogger(RunRow.class);

	private final Runs runs;

	private final RunJournal journal;

	private final RunExemptions exemptions;

	RunRow(Runs runs, RunJournal journal, RunExemptions exemptions) {
		this.runs = runs;
		this.journal = journal;
		this.exemptions = exemptions;
	}

	/**
	 * {@return the run of this key, if it was started before}
	 */
	Optional<Run> find(String runKey) {
		return this.runs.find(runKey);
	}

	/** What it has read and is not kept any more is read again. */
	void readDroppedAgain(Run run) {
		this.journal.readDroppedAgain(run.id());
	}

	/**
	 * {@return the sources that are still to be read: what is read stays read, whether
	 * its source still answers or not; under another policy or other exemptions
	 * everything is read again}
	 */
	List<KeySource> unread(List<KeySource> wanted, Run run, EffectivePolicy effective, Exemptions permitted) {
		if (whyReadAgain(run, effective, permitted) != null) {
			return wanted;
		}
		Set<String> read = this.runs.sources(run.id())
			.stream()
			.filter((source) -> source.status() == RunSource.Status.READ)
			.map(RunSource::source)
			.collect(Collectors.toSet());
		return wanted.stream().filter((source) -> !read.contains(source.id())).toList();
	}

	/**
	 * {@return why every source is read again, for the log; null: what is read stays
	 * read}
	 */
	private @Nullable String whyReadAgain(Run run, EffectivePolicy effective, Exemptions permitted) {
		if (!run.policySha256().equals(effective.sha256())) {
			return "the policy or a source's definition has changed since it started";
		}
		return this.exemptions.areThoseOf(run, permitted) ? null : "the exemptions have changed since it started";
	}

	/**
	 * {@return the run, opened for the first time}
	 */
	Run create(RunAttempt attempt, List<KeySource> wanted, EffectivePolicy effective) {
		RunRequest request = attempt.request();
		Optional<Run> baseline = this.runs.lastComplete();
		baseline.filter((last) -> attempt.asOf().isBefore(last.asOf())).ifPresent((last) -> {
			throw overtaken(attempt, last);
		});
		RunOrigin origin = new RunOrigin(request.disable() ? RunMode.DISABLE : RunMode.REPORT, request.trigger(),
				request.requestedBy());
		RunScope scope = new RunScope(wanted.stream().map(KeySource::id).toList(),
				request.projects().stream().sorted().toList(), request.narrowed());
		return this.runs.get(this.journal.open(new NewRun(attempt.runKey(), attempt.asOf(), origin, scope,
				effective.forRun(), baseline.map(Run::id).orElse(null))));
	}

	private static Failure overtaken(RunAttempt attempt, Run last) {
		if (attempt.request().asOf() == null) {
			return setBack(attempt.asOf(), last);
		}
		return Failure.configuration("--as-of: '" + attempt.asOf() + "' lies before the as-of of run " + last.key()
				+ " (" + last.asOf() + "); findings are followed forward only: choose a later instant");
	}

	/** Nobody gave an as-of: one of two clocks is wrong. */
	private static Failure setBack(Instant now, Run last) {
		Duration ahead = Duration.between(now, last.asOf());
		String by = (ahead.toDays() > 1) ? ahead.toDays() + " days"
				: (ahead.toHours() > 1) ? ahead.toHours() + " hours" : ahead.toMinutes() + " minutes";
		return Failure.person("the clock of this machine looks set back: by it it is " + now + ", and run " + last.key()
				+ " was judged as of " + last.asOf() + ", " + by
				+ " later; correct the clock, then start again; if it was"
				+ " wrong then and is right now, set that run aside: runs --set-aside=" + last.key()
				+ " --reason=TEXT");
	}

	/**
	 * Keys judged under another policy, or with other exemptions, are judged again: one
	 * run has one of each.
	 */
	Run resume(Run run, EffectivePolicy effective, Exemptions permitted) {
		logger.info("run {}: continued, {} before", run.key(), run.status());
		String why = whyReadAgain(run, effective, permitted);
		if (why != null) {
			logger.warn("run {}: {}; every source is read again", run.key(), why);
			this.journal.readAgain(run.id(), effective.document(), effective.sha256());
		}
		return run;
	}

	/**
	 * Notes that the run goes on, and which sources it is going to read.
	 */
	void begin(Run run, long jobExecutionId, List<KeySource> unread, SourceFaults faults) {
		this.journal.resume(run.id(), jobExecutionId);
		for (KeySource source : unread) {
			this.journal.expectSource(run.id(), source.id(), source.title(), source.definitionFile());
			faults.find(source.id())
				.ifPresent((fault) -> this.journal.sourceFailed(run.id(), source.id(), fault.line()));
		}
	}

}
