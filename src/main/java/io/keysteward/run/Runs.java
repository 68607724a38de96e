package io.keysteward.run;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables {@code run}, {@code run_source} and {@code run_report}.
 */
@Repository
public class Runs {

	private static final String SELECT = """
			SELECT run_id, run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, exemptions_sha256, sources,
			       projects, narrowed, baseline_run_id, status, started_at, finished_at, totals, fault,
			       (SELECT jsonb_agg(jsonb_build_object('format', p.format, 'path', p.path, 'sha256', p.sha256)
			                         ORDER BY p.format COLLATE "C")
			        FROM keysteward.run_report p WHERE p.run_id = run.run_id) AS reports
			FROM keysteward.run
			""";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	public Runs(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * {@return the run of this key, if it was ever opened}
	 */
	public Optional<Run> find(String runKey) {
		return this.jdbc.sql(SELECT + "WHERE run_key = :key").param("key", runKey).query(this::run).optional();
	}

	/**
	 * {@return the run with this id}
	 */
	public Run get(long runId) {
		return this.jdbc.sql(SELECT + "WHERE run_id = :id").param("id", runId).query(this::run).single();
	}

	/**
	 * {@return the last runs, the newest first}
	 */
	public List<Run> last(int count) {
		return this.jdbc.sql(SELECT + "ORDER BY run_id DESC LIMIT :count")
			.param("count", count)
			.query(this::run)
			.list();
	}

	/**
	 * {@return complete runs that read everything, up to and with this one, the newest
	 * first}
	 */
	public List<Run> baselines(long upTo, int count) {
		return this.jdbc.sql(SELECT + """
				WHERE run_id <= :upTo AND NOT narrowed AND (status = 'COMPLETE' OR run_id = :upTo)
				ORDER BY run_id DESC LIMIT :count
				""").param("upTo", upTo).param("count", count).query(this::run).list();
	}

	/**
	 * {@return the last complete run that read everything}
	 */
	public Optional<Run> lastComplete() {
		return this.jdbc.sql(SELECT + "WHERE status = 'COMPLETE' AND NOT narrowed ORDER BY run_id DESC LIMIT 1")
			.query(this::run)
			.optional();
	}

	/**
	 * {@return the newest run that was not set aside, however it ended}
	 */
	public Optional<Run> newest() {
		return this.jdbc.sql(SELECT + "WHERE mode <> 'RESTORE' AND status <> 'SET_ASIDE' ORDER BY run_id DESC LIMIT 1")
			.query(this::run)
			.optional();
	}

	/**
	 * {@return why a run was set aside, when and by whom; empty: it was not}
	 */
	public Optional<Aside> setAside(long runId) {
		return this.jdbc.sql("""
				SELECT set_aside_at, set_aside_by, set_aside_reason FROM keysteward.run
				WHERE run_id = :run AND status = 'SET_ASIDE'
				""")
			.param("run", runId)
			.query((row, number) -> new Aside(StoredTime.required(row, "set_aside_at"), row.getString("set_aside_by"),
					row.getString("set_aside_reason")))
			.optional();
	}

	/**
	 * {@return the SHA-256 of each file that this run has ever given to its reports}
	 */
	public Set<String> reportHashes(long runId) {
		return this.jdbc.sql("SELECT report_hashes FROM keysteward.run WHERE run_id = :run")
			.param("run", runId)
			.query((row, number) -> Set.copyOf(texts(row.getArray("report_hashes"))))
			.single();
	}

	/**
	 * {@return the reports of other runs that ended longer ago than this, the oldest
	 * first}
	 */
	public List<KeptReport> reportsBefore(Duration age, long runId) {
		return this.jdbc.sql("""
				SELECT r.run_id, p.format, p.path, r.report_hashes
				FROM keysteward.run r JOIN keysteward.run_report p USING (run_id)
				WHERE p.path IS NOT NULL AND r.run_id <> :run
				  AND coalesce(r.finished_at, r.started_at) < clock_timestamp() - make_interval(days => :days)
				ORDER BY r.run_id, p.format COLLATE "C"
				""")
			.param("run", runId)
			.param("days", Math.toIntExact(age.toDays()))
			.query((row, number) -> new KeptReport(row.getLong("run_id"), row.getString("format"),
					row.getString("path"), Set.copyOf(texts(row.getArray("report_hashes")))))
			.list();
	}

	/**
	 * {@return how the reading of each source went, in the order of their ids}
	 */
	public List<RunSource> sources(long runId) {
		return this.jdbc.sql("""
				SELECT source, title, definition_file, status, snapshot_at, read_rows, remasked, gone_back,
				       file_name || ', SHA-256 ' || file_sha256 AS file, fault
				FROM keysteward.run_source WHERE run_id = :run ORDER BY source
				""").param("run", runId).query(Runs::source).list();
	}

	/**
	 * {@return the gates that were closed for the whole run or a whole source of it}
	 */
	public List<RunHold> holds(long runId) {
		return this.jdbc
			.sql("SELECT gate, source, detail FROM keysteward.run_hold WHERE run_id = :run ORDER BY gate, source")
			.param("run", runId)
			.query(RunHold.class)
			.list();
	}

	/**
	 * {@return the exemptions that the run was judged with, expired ones too, by their
	 * ids}
	 */
	public List<RunExemption> exemptions(long runId) {
		return this.jdbc.sql("""
				SELECT exemption_id, covers, rules, reason, approver, ticket, expires_at
				FROM keysteward.run_exemption WHERE run_id = :run ORDER BY exemption_id COLLATE "C"
				""").param("run", runId).query(Runs::exemption).list();
	}

	private Run run(ResultSet row, int number) throws SQLException {
		String totals = row.getString("totals");
		return new Run(row.getLong("run_id"), row.getString("run_key"), StoredTime.required(row, "as_of"), origin(row),
				scope(row), policy(row), row.getObject("baseline_run_id", Long.class), state(row),
				(totals != null) ? this.json.readValue(totals, Totals.class) : null, reports(row.getString("reports")));
	}

	private static RunOrigin origin(ResultSet row) throws SQLException {
		return new RunOrigin(RunMode.valueOf(row.getString("mode")), row.getString("trigger"),
				row.getString("requested_by"));
	}

	private static RunScope scope(ResultSet row) throws SQLException {
		return new RunScope(texts(row.getArray("sources")), texts(row.getArray("projects")),
				row.getBoolean("narrowed"));
	}

	private RunPolicy policy(ResultSet row) throws SQLException {
		return new RunPolicy(row.getString("policy_sha256"),
				this.json.readValue(row.getString("policy"), PolicyDocument.class), row.getString("exemptions_sha256"));
	}

	private static RunState state(ResultSet row) throws SQLException {
		return new RunState(RunStatus.valueOf(row.getString("status")), StoredTime.required(row, "started_at"),
				StoredTime.of(row, "finished_at"), row.getString("fault"));
	}

	private List<StoredReport> reports(@Nullable String stored) {
		return (stored != null) ? List.of(this.json.readValue(stored, StoredReport[].class)) : List.of();
	}

	private static RunSource source(ResultSet row, int number) throws SQLException {
		return new RunSource(row.getString("source"), row.getString("title"), row.getString("definition_file"),
				RunSource.Status.valueOf(row.getString("status")), StoredTime.of(row, "snapshot_at"),
				row.getObject("read_rows", Long.class), row.getObject("remasked", Long.class),
				row.getObject("gone_back", Long.class), row.getString("file"), row.getString("fault"));
	}

	private static RunExemption exemption(ResultSet row, int number) throws SQLException {
		return new RunExemption(row.getString("exemption_id"), row.getString("covers"), texts(row.getArray("rules")),
				row.getString("reason"), row.getString("approver"), row.getString("ticket"),
				StoredTime.required(row, "expires_at"));
	}

	private static List<String> texts(@Nullable Array array) throws SQLException {
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

	/**
	 * {@return the instant as a parameter that the driver understands}
	 */
	static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * That a run was set aside. Text is untrusted.
	 *
	 * @param at when
	 * @param by who asked for it
	 * @param reason why
	 */
	public record Aside(Instant at, String by, String reason) {
	}

}
