package io.keysteward.disabling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.keysteward.disabling.PlainTerms.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a run has stored, in the words of {@link ReferenceModel}.
 *
 * @param verdicts of each candidate
 * @param notices {@code KIND address source/key}
 */
record Decisions(Map<String, String> verdicts, Set<String> notices) {

	static Decisions of(JdbcClient governance, String runKey) {
		Map<String, String> verdicts = new TreeMap<>();
		governance.sql("""
				SELECT a.* FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
				WHERE r.run_key = :run AND a.action = 'DISABLE'
				""")
			.param("run", runKey)
			.query((row, number) -> verdicts.put(row.getString("source") + "/" + row.getString("key_id"),
					verdict(row).toString()))
			.list();
		Set<String> notices = new TreeSet<>();
		governance
			.sql("""
					SELECT n.kind, btrim(address) AS address, k.source || '/' || k.key_id AS ref
					FROM keysteward.notice n JOIN keysteward.run r USING (run_id) JOIN keysteward.notice_key k USING (notice_id)
					CROSS JOIN regexp_split_to_table(n.recipient, ',') AS address
					WHERE r.run_key = :run AND n.status = 'SENT' AND n.kind IN ('WARNING', 'REMINDER', 'FINAL')
					""")
			.param("run", runKey)
			.query((row, number) -> notices
				.add(row.getString("kind") + " " + row.getString("address") + " " + row.getString("ref")))
			.list();
		return new Decisions(verdicts, notices);
	}

	private static Verdict verdict(ResultSet row) throws SQLException {
		Set<String> closed = new TreeSet<>(Arrays.asList((String[]) row.getArray("closed_gates").getArray()));
		closed.remove("BREAKER");
		return new Verdict(String.valueOf(row.getString("decision")), row.getString("held_by"), closed,
				row.getString("outcome"), row.getString("next_notice"), instant(row, "warned_at"),
				instant(row, "final_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
