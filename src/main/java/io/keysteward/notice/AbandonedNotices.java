package io.keysteward.notice;

import java.time.ZoneOffset;

import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Records unsent notices of unfinished runs as failed once a later run is complete, since
 * those runs are not continued.
 */
@Repository
public class AbandonedNotices {

	private static final Logger logger = LoggerFactory.getLogger(AbandonedNotices.class);

	private final JdbcClient jdbc;

	AbandonedNotices(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Records them as failed.
	 * @param complete a complete run that has read everything, and overtakes earlier ones
	 */
	public void settle(Run complete) {
		this.jdbc.sql("""
				UPDATE keysteward.notice n
				SET status = 'FAILED', detail = CASE n.status
				    WHEN 'SENDING' THEN 'Its run ended while it was being sent; whether it was taken is not known.'
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
			.forEach((mail) -> logger.warn("notice {} It is not sent any more, since a later run is complete",
					SafeText.shortened(mail)));
	}

}
