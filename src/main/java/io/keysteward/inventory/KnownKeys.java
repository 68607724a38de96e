package io.keysteward.inventory;

import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys that the tables already know: what becomes of them must be stored, whatever
 * the policy's verdict is today.
 */
@Repository
public class KnownKeys {

	private static final int FETCH_SIZE = 5000;

	private final JdbcClient jdbc;

	KnownKeys(JdbcTemplate template) {
		JdbcTemplate cursor = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
		cursor.setFetchSize(FETCH_SIZE);
		this.jdbc = JdbcClient.create(cursor);
	}

	/**
	 * {@return the selection of keys to store of a source, for a run that does not keep
	 * all}
	 */
	@Transactional(readOnly = true) // A cursor needs a transaction.
	public KeptKeys kept(long runId, String source) {
		KeyHashes known = new KeyHashes();
		// An event of this run: it was reconciled before, and its sources are read
		// again.
		this.jdbc.sql("""
				SELECT key_id FROM keysteward.finding WHERE source = :source AND status = 'OPEN'
				UNION ALL
				SELECT key_id FROM keysteward.finding_event WHERE run_id = :run AND source = :source
				UNION ALL
				SELECT key_id FROM keysteward.key_action WHERE source = :source AND intended_at IS NOT NULL
				""")
			.param("run", runId)
			.param("source", source)
			.query((RowCallbackHandler) (row) -> known.add(row.getString("key_id")));
		return new KeptKeys(known);
	}

}
