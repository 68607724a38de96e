package io.keysteward.forecast;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import io.keysteward.key.KeyColumn;
import io.keysteward.run.StoredRecord;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys as the last readings have found them. Who uses a key that is not idle goes on
 * as before; nobody uses one that is idle.
 */
final class CopiedKeys {

	private static final String SELECT = """
			SELECT source, key_id, name, masked_key, project_id, project_name, project_state, owner_id, owner_name,
			       owner_email, owner_state, created_at,
			       last_used_at + CASE WHEN goes_on THEN make_interval(secs => ?) ELSE interval '0' END AS last_used_at,
			       usage, expires_at, status, kind, last_denied_at, referenced_by, data_error
			FROM keysteward_rehearsal.rehearsed_key WHERE source = ? ORDER BY key_id
			""";

	private final DataSource governance;

	private final JdbcClient jdbc;

	CopiedKeys(DataSource governance) {
		this.governance = governance;
		this.jdbc = JdbcClient.create(governance);
	}

	/** Takes the newest inventory of each source out of the copied tables. */
	void take() {
		this.jdbc.sql("""
				CREATE TABLE keysteward_rehearsal.rehearsed_source AS
				SELECT DISTINCT ON (s.source) s.source, s.run_id, s.snapshot_at, s.known_since
				FROM keysteward_rehearsal.run_source s JOIN keysteward_rehearsal.run r USING (run_id)
				WHERE s.status = 'READ' AND s.reading > 0 AND r.status <> 'SET_ASIDE'
				ORDER BY s.source, s.reading DESC
				""").update();
		this.jdbc.sql("CREATE TABLE keysteward_rehearsal.rehearsed_key AS SELECT " + StoredRecord.COLUMNS + """
				, findings, usage = 'USED' AND judgement = 'JUDGED' AND NOT 'IDLE' = ANY (findings) AS goes_on
				FROM keysteward_rehearsal.rehearsed_source JOIN keysteward_rehearsal.key_snapshot USING (run_id, source)
				""").update();
		this.jdbc.sql("ALTER TABLE keysteward_rehearsal.rehearsed_key ADD PRIMARY KEY (source, key_id)").update();
		this.jdbc.sql("ANALYZE keysteward_rehearsal.rehearsed_key").update();
	}

	/**
	 * {@return when the keys of a source were read; empty: never}
	 */
	Optional<Inventory> inventory(String source) {
		return this.jdbc
			.sql("SELECT snapshot_at, known_since FROM keysteward_rehearsal.rehearsed_source WHERE source = :source")
			.param("source", source)
			.query((row, number) -> new Inventory(StoredTime.required(row, "snapshot_at"),
					StoredTime.of(row, "known_since")))
			.optional();
	}

	/**
	 * {@return the columns that the source's readings have returned, as far as it
	 * matters: one without any value says nothing of a key, but for a name and a last
	 * use}
	 */
	Set<KeyColumn> columns(String source) {
		Set<KeyColumn> columns = EnumSet.allOf(KeyColumn.class);
		if (none("name IS NOT NULL OR 'UNNAMED' = ANY (findings)", source)) {
			columns.remove(KeyColumn.NAME);
		}
		if (none("usage <> 'UNKNOWN'", source)) {
			columns.remove(KeyColumn.LAST_USED_AT);
		}
		return columns;
	}

	/**
	 * {@return how many keys nobody uses, and how many are used as before}
	 */
	Assumed assumed() {
		return this.jdbc.sql("""
				SELECT count(*) FILTER (WHERE 'IDLE' = ANY (findings)) AS idle, count(*) FILTER (WHERE goes_on) AS used
				FROM keysteward_rehearsal.rehearsed_key
				""").query(Assumed.class).single();
	}

	/**
	 * {@return the keys of a source as it would show them}
	 * @param now the time of the night
	 */
	CopiedSnapshot.Rows read(String source, Instant now) throws SQLException {
		Duration since = inventory(source).map((inventory) -> Duration.between(inventory.snapshotAt(), now))
			.orElse(Duration.ZERO);
		Connection connection = this.governance.getConnection();
		try {
			connection.setAutoCommit(false);
			PreparedStatement statement = connection.prepareStatement(SELECT);
			statement.setFetchSize(1000);
			statement.setDouble(1, since.toNanos() / 1e9);
			statement.setString(2, source);
			return new CopiedSnapshot.Rows(connection, statement.executeQuery());
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	boolean disable(String source, String keyId) {
		return this.jdbc.sql("""
				UPDATE keysteward_rehearsal.rehearsed_key SET status = 'DISABLED'
				WHERE source = :source AND key_id = :key AND status = 'ACTIVE'
				""").param("source", source).param("key", keyId).update() == 1;
	}

	/**
	 * Switches on a key that is off.
	 * @return false: it is not
	 */
	boolean restore(String source, String keyId) {
		return this.jdbc.sql("""
				UPDATE keysteward_rehearsal.rehearsed_key SET status = 'ACTIVE'
				WHERE source = :source AND key_id = :key AND status = 'DISABLED'
				""").param("source", source).param("key", keyId).update() == 1;
	}

	boolean isOn(String source, String keyId) {
		return !none("status = 'ACTIVE' AND key_id = :key", source, keyId);
	}

	private boolean none(String condition, String source) {
		return none(condition, source, null);
	}

	private boolean none(String condition, String source, @Nullable String keyId) {
		List<Boolean> some = this.jdbc
			.sql("SELECT true FROM keysteward_rehearsal.rehearsed_key WHERE source = :source AND (" + condition
					+ ") LIMIT 1")
			.param("source", source)
			.param("key", keyId)
			.query(Boolean.class)
			.list();
		return some.isEmpty();
	}

	/**
	 * An inventory of a source.
	 *
	 * @param snapshotAt its time
	 * @param knownSince the start of recording use by it; null: none
	 */
	record Inventory(Instant snapshotAt, @Nullable Instant knownSince) {
	}

	/**
	 * What is assumed of keys.
	 *
	 * @param idle the number of keys that nobody uses
	 * @param used the number of keys that are used as before
	 */
	record Assumed(long idle, long used) {
	}

}
