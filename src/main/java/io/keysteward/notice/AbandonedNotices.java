package io.keysteward.notice;

import java.time.ZoneOffset;

import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Mails of runs that ended in the midst of them and will not be continued, since a later
 * run is complete: they are recorded as not sent, and count for nothing.
 */
@Repository
public class AbandonedNotices {

	private static final Logger logger = LoggerFactory.getLogger(AbandonedNotices.class);

	private final JdbcClient jdbc;

	AbandonedNotices(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Settles what was left.
	 * @param complete a run that is complete and has read everything: it overtakes those
	 * before it
	 */
	public void settle(Run complete) {
		this.jdbc
			.sql("""
					UPDATE keysteward.notice n
					SET status = 'FAILED', detail = CASE n.status
					    WHEN 'SENDING' THEN 'Its run ended while it was being sent; whether the server took it is not known.'
					    ELSE 'Its run ended before it was sent.' END
					FROM keysteward.run r
					WHERE r.run_id = n.run_id AND n.status IN ('PENDING', 'SENDING')
					  AND r.run_id <> :run AND r.as_of < :asOf
					RETURNING n.message_id || ' of run ' || r.run_key || ': ' || n.detail
					""")
			.param("run", complete.id())
			.param("asOf", complete.asOf().atOffset(ZoneOffset.UTC))
			.query(String.class)
			.list()
			.forEach((mail) -> logger.warn("mail {} It is not sent any more, since a later run is complete",
					SafeText.shortened(mail)));
	}

}
