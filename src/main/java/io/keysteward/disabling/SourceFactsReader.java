package io.keysteward.disabling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.run.Run;
import io.keysteward.run.StoredTime;
import io.keysteward.source.DisableCapability;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads a source's figures, and those of the run before.
 */
@Repository
class SourceFactsReader {

	private final JdbcClient jdbc;

	SourceFactsReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the facts of every source that the run has read, by its id}
	 * @param disabling what each source can do, by its id
	 * @param maxGap the longest pause of the job
	 */
	Map<String, SourceFacts> read(Run run, Map<String, DisableCapability> disabling, Duration maxGap) {
		return this.jdbc
			.sql("""
					SELECT s.source, s.snapshot_at, s.clock_skew_ms, s.read_rows, s.active_keys, s.unknown_keys, s.gone_back,
					       s.newest_use, b.read_rows AS rows_before, b.unknown_keys AS unknown_before,
					       (SELECT max(greatest(g.as_of, g.read_at))
					        FROM (SELECT p.as_of, q.read_at, p.as_of - lag(p.as_of) OVER before AS pause,
					                     q.read_at - lag(q.read_at) OVER before AS pause_between_readings
					              FROM keysteward.run p JOIN (
					                SELECT *, snapshot_at - coalesce(clock_skew_ms, 0) * interval '1 millisecond' AS read_at
					                FROM keysteward.run_source) q USING (run_id)
					              WHERE q.source = s.source AND q.status = 'READ' AND p.projects IS NULL
					                AND p.status <> 'SET_ASIDE' AND p.as_of <= r.as_of
					              WINDOW before AS (ORDER BY p.as_of, p.run_id)) g
					        WHERE greatest(g.pause, g.pause_between_readings) > :gap * interval '1 second') AS resumed_at
					FROM keysteward.run_source s
					JOIN keysteward.run r USING (run_id)
					LEFT JOIN keysteward.run_source b ON b.run_id = r.baseline_run_id AND b.source = s.source
					                                 AND b.status = 'READ'
					WHERE s.run_id = :run AND s.status = 'READ'
					""")
			.param("run", run.id())
			.param("gap", maxGap.toSeconds())
			.query((row, number) -> facts(row, Objects.requireNonNull(disabling.get(row.getString("source")))))
			.list()
			.stream()
			.collect(Collectors.toMap(SourceFacts::source, Function.identity()));
	}

	private static SourceFacts facts(ResultSet row, DisableCapability disabling) throws SQLException {
		Long skew = row.getObject("clock_skew_ms", Long.class);
		Long rows = row.getObject("rows_before", Long.class);
		Long unknown = row.getObject("unknown_before", Long.class);
		return new SourceFacts(row.getString("source"), disabling,
				Objects.requireNonNull(StoredTime.of(row, "snapshot_at")),
				(skew != null) ? Duration.ofMillis(skew) : null, row.getLong("read_rows"), row.getLong("active_keys"),
				row.getLong("unknown_keys"), row.getLong("gone_back"), StoredTime.of(row, "newest_use"),
				(rows != null && unknown != null) ? new SourceFacts.Before(rows, unknown) : null,
				StoredTime.of(row, "resumed_at"));
	}

}
