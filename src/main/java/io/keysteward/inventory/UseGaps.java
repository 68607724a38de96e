package io.keysteward.inventory;

import java.time.Instant;
import java.util.Optional;

import io.keysteward.run.StoredTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code key_use_gap}: the times between two uses of a key of which a reading
 * has seen at least fourteen days pass. Only one run at a time changes it.
 */
@Repository
public class UseGaps {

	static final String COLUMNS = "source, key_id, from_at, to_at";

	private final JdbcClient jdbc;

	UseGaps(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the last instant at which a reading of the whole source has looked, in
	 * another run}
	 */
	Optional<Instant> lastLook(String source, long runId) {
		return this.jdbc.sql("""
				SELECT least(r.as_of, s.snapshot_at) AS at
				FROM keysteward.run_source s JOIN keysteward.run r USING (run_id)
				WHERE s.source = :source AND s.status = 'READ' AND s.run_id <> :run AND r.projects IS NULL
				  AND r.status <> 'SET_ASIDE'
				ORDER BY at DESC LIMIT 1
				""")
			.param("source", source)
			.param("run", runId)
			.query((row, number) -> StoredTime.required(row, "at"))
			.optional();
	}

	/** Discards the gaps of a reading that did not end. */
	void discard(String source) {
		this.jdbc.sql("DELETE FROM keysteward.key_use_gap_read WHERE source = :source")
			.param("source", source)
			.update();
	}

	/** Takes over the gaps of a reading that ended. */
	void store(Reading reading) {
		this.jdbc.sql("""
				INSERT INTO keysteward.key_use_gap (source, key_id, from_at, to_at, seen_run)
				SELECT r.source, r.key_id, r.from_at, r.to_at, :run FROM keysteward.key_use_gap_read r
				WHERE r.source = :source
				  AND NOT EXISTS (SELECT FROM keysteward.key_use_gap g
				                  WHERE g.source = r.source AND g.key_id = r.key_id AND g.to_at = r.to_at)
				""").param("run", reading.runId()).param("source", reading.source()).update();
		discard(reading.source());
	}

}
