package io.keysteward.run;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes down what a run has done, as it does it. Times of writing are the database's.
 */
@Repository
public class RunJournal {

	private static final int BLOCK = 1000;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	public RunJournal(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Writes the run's row.
	 * @return the run's id
	 */
	public long open(NewRun run) {
		List<String> projects = run.scope().projects();
		return this.jdbc
			.sql("""
					INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy, policy_sha256, sources,
					                            projects, narrowed, baseline_run_id, has_inventory, status)
					VALUES (:key, :asOf, :mode, :trigger, :requestedBy, :policy::jsonb, :sha, :sources, :projects, :narrowed,
					        :baseline, :mode <> 'RESTORE', 'RUNNING')
					RETURNING run_id
					""")
			.param("key", run.key())
			.param("asOf", Runs.utc(run.asOf()))
			.param("mode", run.origin().mode().name())
			.param("trigger", run.origin().trigger())
			.param("requestedBy", run.origin().requestedBy())
			.param("policy", this.json.writeValueAsString(run.policy().document()))
			.param("sha", run.policy().sha256())
			.param("sources", run.scope().sources().toArray(String[]::new))
			.param("projects", projects.isEmpty() ? null : projects.toArray(String[]::new))
			.param("narrowed", run.scope().narrowed())
			.param("baseline", run.baselineId())
			.query(Long.class)
			.single();
	}

	/**
	 * Sets the sources back to be read again of which a run has read what is not kept any
	 * more; from now on it has an inventory.
	 */
	public void readDroppedAgain(long runId) {
		this.jdbc.sql("UPDATE keysteward.run SET has_inventory = true WHERE run_id = :run")
			.param("run", runId)
			.update();
		int dropped = this.jdbc.sql("""
				UPDATE keysteward.run_source SET status = 'PENDING'
				WHERE run_id = :run AND status = 'READ' AND reading IS NULL
				""").param("run", runId).update();
		if (dropped > 0) {
			outdate(runId);
		}
	}

	/** Notes that the run goes on, in this job execution. */
	public void resume(long runId, long jobExecutionId) {
		this.jdbc
			.sql("""
					UPDATE keysteward.run SET status = 'RUNNING', fault = NULL, finished_at = NULL, job_execution_id = :execution
					WHERE run_id = :run
					""")
			.param("run", runId)
			.param("execution", jobExecutionId)
			.update();
	}

	/**
	 * Sets every source of a run back to be read again, under this policy: what was
	 * judged counts no more.
	 */
	public void readAgain(long runId, PolicyDocument policy, String policySha256) {
		this.jdbc.sql("""
				UPDATE keysteward.run SET policy = :policy::jsonb, policy_sha256 = :sha WHERE run_id = :run
				""")
			.param("run", runId)
			.param("policy", this.json.writeValueAsString(policy))
			.param("sha", policySha256)
			.update();
		this.jdbc.sql("UPDATE keysteward.run_source SET status = 'PENDING', reading = NULL WHERE run_id = :run")
			.param("run", runId)
			.update();
		outdate(runId);
	}

	/**
	 * Replaces the exemptions of a run.
	 * @param sha256 of their text; null where it cannot be read
	 */
	public void recordExemptions(long runId, @Nullable String sha256, List<RunExemption> exemptions) {
		this.jdbc.sql("UPDATE keysteward.run SET exemptions_sha256 = :sha WHERE run_id = :run")
			.param("run", runId)
			.param("sha", sha256)
			.update();
		this.jdbc.sql("DELETE FROM keysteward.run_exemption WHERE run_id = :run").param("run", runId).update();
		Blocks.of(exemptions, BLOCK).forEach((block) -> insert(runId, block));
	}

	private void insert(long runId, List<RunExemption> exemptions) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.run_exemption (run_id, exemption_id, covers, rules, reason, approver, ticket, expires_at)
					SELECT :run, e.id, e.covers, string_to_array(e.rules, ','), e.reason, e.approver, e.ticket, e.expires
					FROM unnest(:ids::text[], :covers::text[], :rules::text[], :reasons::text[], :approvers::text[],
					            :tickets::text[], :expires::timestamptz[])
					     AS e (id, covers, rules, reason, approver, ticket, expires)
					""")
			.param("run", runId)
			.param("ids", Blocks.texts(exemptions, RunExemption::id))
			.param("covers", Blocks.texts(exemptions, RunExemption::covers))
			.param("rules", Blocks.texts(exemptions, (each) -> String.join(",", each.rules())))
			.param("reasons", Blocks.texts(exemptions, RunExemption::reason))
			.param("approvers", Blocks.texts(exemptions, RunExemption::approver))
			.param("tickets", Blocks.texts(exemptions, RunExemption::ticket))
			.param("expires", Blocks.texts(exemptions, (each) -> each.expiresAt().toString()))
			.update();
	}

	/**
	 * Notes whether a gate is closed for the whole run.
	 * @param detail why it is; null: it is open
	 */
	public void hold(long runId, Gate gate, @Nullable String detail) {
		this.jdbc.sql("DELETE FROM keysteward.run_hold WHERE run_id = :run AND gate = :gate")
			.param("run", runId)
			.param("gate", gate.name())
			.update();
		if (detail != null) {
			this.jdbc.sql("INSERT INTO keysteward.run_hold (run_id, gate, detail) VALUES (:run, :gate, :detail)")
				.param("run", runId)
				.param("gate", gate.name())
				.param("detail", detail)
				.update();
		}
	}

	/**
	 * Lists a source of the run, or sets it back to be read again where it failed.
	 * @param file the file of its definition that says what is shown of a key
	 */
	public void expectSource(long runId, String source, String title, String file) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.run_source (run_id, source, title, definition_file, status)
					VALUES (:run, :source, :title, :file, 'PENDING')
					ON CONFLICT (run_id, source) DO UPDATE
					SET title = excluded.title, definition_file = excluded.definition_file, fault = NULL, status = 'PENDING',
					    file_name = NULL, file_sha256 = NULL
					WHERE run_source.status <> 'READ'
					""")
			.param("run", runId)
			.param("source", source)
			.param("title", title)
			.param("file", file)
			.update();
	}

	/**
	 * Notes that every row of a source is stored; totals and report written before are
	 * outdated by it.
	 */
	public void sourceRead(long runId, String source, ReadSource read) {
		this.jdbc.sql("""
				UPDATE keysteward.run_source
				SET status = 'READ', snapshot_at = :at, clock_skew_ms = :skew, granularity_seconds = :granularity,
				    read_rows = :rows, remasked = :remasked, gone_back = :goneBack, fault = :fault
				WHERE run_id = :run AND source = :source
				""")
			.param("run", runId)
			.param("source", source)
			.param("at", Runs.utc(read.snapshotAt()))
			.param("skew", read.clockSkew().toMillis())
			.param("granularity", read.granularity().toSeconds())
			.param("rows", read.rows())
			.param("remasked", read.remasked())
			.param("goneBack", read.goneBack())
			.param("fault", read.fault(), Types.VARCHAR)
			.update();
		outdate(runId);
	}

	/**
	 * Notes which file a source was read from.
	 * @param sha256 of its bytes, in hex
	 */
	public void sourceFile(long runId, String source, String name, String sha256) {
		this.jdbc.sql("""
				UPDATE keysteward.run_source SET file_name = :name, file_sha256 = :sha256
				WHERE run_id = :run AND source = :source
				""").param("run", runId).param("source", source).param("name", name).param("sha256", sha256).update();
	}

	/**
	 * Notes what the reader counted of a source.
	 */
	public void sourceCounted(long runId, String source, SourceCounts counts) {
		this.jdbc.sql("""
				UPDATE keysteward.run_source
				SET active_keys = :active, unknown_keys = :unknown, newest_use = :newest
				WHERE run_id = :run AND source = :source
				""")
			.param("run", runId)
			.param("source", source)
			.param("active", counts.active())
			.param("unknown", counts.unknown())
			.param("newest", Runs.utc(counts.newestUse()), Types.TIMESTAMP_WITH_TIMEZONE)
			.update();
	}

	/** Notes that a source could not be read, and why. */
	public void sourceFailed(long runId, String source, String fault) {
		this.jdbc
			.sql("""
					UPDATE keysteward.run_source
					SET status = 'FAILED', reading = NULL, snapshot_at = NULL, file_name = NULL, file_sha256 = NULL, read_rows = NULL, remasked = NULL, gone_back = NULL, fault = :fault
					WHERE run_id = :run AND source = :source
					""")
			.param("run", runId)
			.param("source", source)
			.param("fault", fault)
			.update();
	}

	/** Stores the control totals; reports written before are outdated by it. */
	public void reconciled(long runId, Totals totals) {
		this.jdbc.sql("""
				WITH outdated AS (UPDATE keysteward.run_report SET sha256 = NULL WHERE run_id = :run)
				UPDATE keysteward.run SET totals = :totals::jsonb WHERE run_id = :run
				""").param("run", runId).param("totals", this.json.writeValueAsString(totals)).update();
	}

	/** What the reports say is going to change; those written before are outdated. */
	public void outdateReports(long runId) {
		this.jdbc.sql("UPDATE keysteward.run_report SET sha256 = NULL WHERE run_id = :run")
			.param("run", runId)
			.update();
	}

	/** Notes where reports are and their SHA-256. */
	public void reported(long runId, List<StoredReport> reports) {
		this.jdbc.sql("""
				INSERT INTO keysteward.run_report (run_id, format, path, sha256)
				SELECT :run, written.* FROM unnest(:formats::text[], :paths::text[], :hashes::text[]) AS written
				ON CONFLICT (run_id, format) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256
				""")
			.param("run", runId)
			.param("formats", reports.stream().map(StoredReport::format).toArray(String[]::new))
			.param("paths", reports.stream().map(StoredReport::path).toArray(String[]::new))
			.param("hashes", reports.stream().map(StoredReport::sha256).toArray(String[]::new))
			.update();
	}

	/**
	 * Notes that these files are this run's, before any of them has its name: by that is
	 * told from somebody else's, or from one that was changed, what a killed process
	 * left.
	 */
	public void reporting(long runId, Set<String> hashes) {
		this.jdbc.sql("""
				UPDATE keysteward.run SET report_hashes = report_hashes || :hashes WHERE run_id = :run
				""").param("run", runId).param("hashes", hashes.toArray(String[]::new)).update();
	}

	/** Notes that a report is not kept any more; what it was stays known. */
	public void reportRemoved(long runId, String format) {
		this.jdbc.sql("UPDATE keysteward.run_report SET path = NULL WHERE run_id = :run AND format = :format")
			.param("run", runId)
			.param("format", format)
			.update();
	}

	/** Notes how the run ended. A complete run stays complete. */
	public void end(String runKey, RunStatus status, @Nullable String fault) {
		this.jdbc.sql("""
				UPDATE keysteward.run SET status = :status, fault = :fault, finished_at = clock_timestamp()
				WHERE run_key = :key AND status NOT IN ('COMPLETE', 'SET_ASIDE')
				""").param("key", runKey).param("status", status.name()).param("fault", fault).update();
	}

	/** Notes that what a run judged counts no more. */
	public void setAside(long runId, Instant at, String by, String reason) {
		this.jdbc.sql("""
				UPDATE keysteward.run
				SET status = 'SET_ASIDE', set_aside_at = :at, set_aside_by = :by, set_aside_reason = :reason
				WHERE run_id = :run
				""").param("run", runId).param("at", Runs.utc(at)).param("by", by).param("reason", reason).update();
	}

	private void outdate(long runId) {
		this.jdbc.sql("""
				WITH outdated AS (UPDATE keysteward.run_report SET sha256 = NULL WHERE run_id = :run)
				UPDATE keysteward.run SET totals = NULL WHERE run_id = :run
				""").param("run", runId).update();
	}

}
