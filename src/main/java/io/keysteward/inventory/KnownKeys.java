package io.keysteward.inventory;

import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys of which the register has something already: what becomes of them must be
 * seen, whatever the policy says of them today.
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
	 * {@return what decides which keys of a source are stored, in a run that does not
	 * keep all of them}
	 */
	@Transactional(readOnly = true) // Without one there is no cursor.
	public KeptKeys kept(long runId, String source) {
		KeyHashes known = new KeyHashes();
		// An event of this run: it has been reconciled before, and its sources are read
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
