package io.keysteward.insight;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.insight.RunResult.Counts;
import io.keysteward.run.PolicyDocument.RuleText;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads how a run went in numbers, from what is stored.
 */
@Repository
public class RunResults {

	/** Of the last start only: a run may be continued in the morning. */
	private static final String DURATION = """
			SELECT (extract(epoch FROM coalesce(end_time, last_updated) - start_time) * 1000000)::bigint
			FROM keysteward.run JOIN keysteward.batch_job_execution USING (job_execution_id)
			WHERE run_id = :run AND coalesce(end_time, last_updated) IS NOT NULL AND start_time IS NOT NULL
			""";

	private static final String FINDINGS = """
			SELECT source, rule, level, count(f.key_id) AS keys
			FROM unnest(:sources::text[]) source CROSS JOIN unnest(:rules::text[]) rule
			     CROSS JOIN unnest('{WARN,VIOLATION}'::text[]) level
			     LEFT JOIN (SELECT * FROM keysteward.finding WHERE status = 'OPEN' AND last_seen_run = :run) f
			     USING (source, rule, level)
			GROUP BY source, rule, level ORDER BY source, rule, level
			""";

	private final Runs runs;

	private final ActionCounts actions;

	private final JdbcClient jdbc;

	RunResults(Runs runs, ActionCounts actions, JdbcClient jdbc) {
		this.runs = runs;
		this.actions = actions;
		this.jdbc = jdbc;
	}

	/**
	 * {@return how a run went so far}
	 */
	public RunResult read(Run run) {
		List<RunSource> sources = this.runs.sources(run.id());
		return new RunResult(duration(run), sources,
				(run.totals() != null) ? new Counts(run.totals(), findings(run, sources), this.actions.count(run.id()),
						this.runs.holds(run.id()).stream().map(RunHold::gate).collect(Collectors.toUnmodifiableSet()))
						: null);
	}

	private Duration duration(Run run) {
		long micros = this.jdbc.sql(DURATION).param("run", run.id()).query(Long.class).optional().orElse(0L);
		return Duration.of(micros, ChronoUnit.MICROS);
	}

	private List<FindingCount> findings(Run run, List<RunSource> sources) {
		return this.jdbc.sql(FINDINGS)
			.param("sources",
					sources.stream()
						.filter((source) -> source.status() == RunSource.Status.READ)
						.map(RunSource::source)
						.toArray(String[]::new))
			.param("rules", run.policy().rules().stream().map(RuleText::code).toArray(String[]::new))
			.param("run", run.id())
			.query(FindingCount::of)
			.list();
	}

}
