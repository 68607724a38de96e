package io.keysteward.inventory;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

import io.keysteward.run.StoredTime;
import io.keysteward.text.Sha256;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code key_denied}: the refused attempts to use a key that readings have
 * seen. Only one run at a time changes it.
 */
@Repository
class Denials {

	static final String COLUMNS = "source, key_id, denied_at";

	private static final int FETCH_SIZE = 1000;

	private final JdbcClient jdbc;

	private final JdbcClient cursor;

	Denials(JdbcClient jdbc, JdbcTemplate template) {
		this.jdbc = jdbc;
		JdbcTemplate cursor = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
		cursor.setFetchSize(FETCH_SIZE);
		this.cursor = JdbcClient.create(cursor);
	}

	/**
	 * Takes over the newest attempt of each key of a source. What a run has seen that was
	 * set aside is news for the next one.
	 */
	void load(String source, SourceState state) {
		MessageDigest digest = Sha256.digest();
		this.cursor.sql("""
				SELECT d.key_id, max(d.denied_at) AS denied_at
				FROM keysteward.key_denied d JOIN keysteward.run r ON r.run_id = d.seen_run
				WHERE d.source = :source AND r.status <> 'SET_ASIDE'
				GROUP BY d.key_id
				""").param("source", source).query((RowCallbackHandler) (row) -> load(row, state, digest));
	}

	private static void load(ResultSet row, SourceState state, MessageDigest digest) throws SQLException {
		state.loadDenied(Hash.of(digest, row.getString("key_id")),
				CopyRows.timestamp(StoredTime.required(row, "denied_at")));
	}

	/** Discards the attempts of a reading that did not end. */
	void discard(String source) {
		this.jdbc.sql("DELETE FROM keysteward.key_denied_read WHERE source = :source").param("source", source).update();
	}

	/** Takes over the attempts of a reading that ended. */
	void store(Reading reading) {
		this.jdbc.sql("""
				INSERT INTO keysteward.key_denied (source, key_id, denied_at, reading, seen_run)
				SELECT source, key_id, denied_at, :reading, :run FROM keysteward.key_denied_read WHERE source = :source
				""")
			.param("reading", reading.number())
			.param("run", reading.runId())
			.param("source", reading.source())
			.update();
		discard(reading.source());
	}

	/** Deletes what no kept run shows; the newest attempt of a key stays. */
	void deleteUnread() {
		this.jdbc.sql("""
				DELETE FROM keysteward.key_denied d
				USING (SELECT source, min(abs(reading)) FILTER (WHERE reading IS NOT NULL) AS kept
				       FROM keysteward.run_source GROUP BY source) s
				WHERE s.source = d.source AND d.reading < coalesce(s.kept, 2147483647)
				  AND EXISTS (SELECT FROM keysteward.key_denied n
				              WHERE n.source = d.source AND n.key_id = d.key_id AND n.reading > d.reading
				                AND n.reading <= coalesce(s.kept, 2147483647))
				""").update();
	}

}
