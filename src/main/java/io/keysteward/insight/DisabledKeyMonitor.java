package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.key.KeyId;
import io.keysteward.run.StoredTime;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds disabled keys that are still tried, active again or used again.
 */
@Repository
public class DisabledKeyMonitor {

	/**
	 * Only a key's last disabling counts. The source's times are converted to our clock,
	 * a use may have happened earlier by the source's granularity, and a snapshot from
	 * before the disabling took effect proves nothing.
	 */
	private static final String SQL = """
			WITH disabled AS (
			  SELECT DISTINCT ON (a.source, a.key_id) a.source, a.key_id, a.done_at, a.restored_by_run,
			         a.done_at + make_interval(secs => coalesce((a.evidence ->> 'effective_within_seconds')::float8, 60))
			           AS effective_at
			  FROM keysteward.key_action a
			  WHERE a.action = 'DISABLE' AND a.outcome = 'DISABLED' AND a.run_id < :run
			  ORDER BY a.source, a.key_id, a.run_id DESC),
			read AS (
			  SELECT s.source, r.as_of, make_interval(secs => coalesce(s.clock_skew_ms, 0) / 1000.0) AS skew,
			         s.snapshot_at, make_interval(secs => coalesce(s.granularity_seconds, 0)) AS granularity
			  FROM keysteward.run_source s JOIN keysteward.run r USING (run_id)
			  WHERE s.run_id = :run AND s.status = 'READ')
			SELECT d.source, d.key_id, k.name, d.done_at,
			       CASE WHEN coalesce(k.known_use, k.last_used_at) - s.skew - s.granularity > d.effective_at
			            THEN coalesce(k.known_use, k.last_used_at) END AS used_since,
			       CASE WHEN k.status = 'ACTIVE' THEN 'ACTIVE_AGAIN' ELSE 'USED_SINCE' END AS what
			FROM disabled d
			JOIN read s USING (source)
			-- Few keys: each is looked up, although the transaction's hints are for full scans.
			JOIN LATERAL (SELECT * FROM keysteward.key_snapshot c
			              WHERE c.run_id = :run AND c.source = d.source AND c.key_id = d.key_id LIMIT 1) k ON true
			WHERE d.done_at >= s.as_of - interval '30 days'
			  AND s.snapshot_at - s.skew > d.effective_at
			  AND (k.status = 'ACTIVE' OR coalesce(k.known_use, k.last_used_at) - s.skew - s.granularity > d.effective_at)
			  -- A key that is active again is reported once, one that is used although it is off every night.
			  AND (k.status <> 'ACTIVE' OR NOT EXISTS (
			    SELECT FROM keysteward.key_snapshot p
			    WHERE p.run_id = (SELECT b.run_id FROM keysteward.run t JOIN keysteward.run b ON b.run_id = t.baseline_run_id
			                      WHERE t.run_id = :run AND b.as_of > d.done_at)
			      AND p.source = d.source AND p.key_id = d.key_id AND p.status = 'ACTIVE'))
			  AND (d.restored_by_run IS NULL OR EXISTS (
			    SELECT FROM keysteward.key_action u
			    WHERE u.run_id = d.restored_by_run AND u.source = d.source AND u.key_id = d.key_id
			      AND u.action = 'RESTORE' AND u.intended_at > s.snapshot_at - s.skew))
			ORDER BY what, d.source COLLATE "C", d.key_id COLLATE "C"
			""";

	private final JdbcClient jdbc;

	/**
	 * Also used with a connection of the caller.
	 */
	public DisabledKeyMonitor(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Compares a run's inventory with the keys that earlier runs disabled and nobody
	 * restored with Keysteward; those that are active or used again count for 30 days.
	 * @param runId the run
	 * @return the keys that are still tried, then those that are active again, then those
	 * that are used
	 */
	public List<Alarm> alarms(long runId) {
		List<Alarm> alarms = this.jdbc.sql(SQL).param("run", runId).query(DisabledKeyMonitor::alarm).list();
		Set<KeyId> used = alarms.stream().map(Alarm::key).collect(Collectors.toSet());
		return Stream
			.concat(new TriedKeys(this.jdbc).alarms(runId).stream().filter((alarm) -> !used.contains(alarm.key())),
					alarms.stream())
			.toList();
	}

	private static Alarm alarm(ResultSet row, int number) throws SQLException {
		Instant disabledAt = StoredTime.required(row, "done_at");
		Cause what = Cause.valueOf(row.getString("what"));
		Instant usedSince = StoredTime.of(row, "used_since");
		return new Alarm(row.getString("source"), row.getString("key_id"), row.getString("name"), disabledAt, what,
				usedSince, sentence(disabledAt, what, usedSince));
	}

	private static String sentence(Instant disabledAt, Cause what, @Nullable Instant usedSince) {
		String disabled = "Disabled on " + UtcMinute.of(disabledAt);
		return (what == Cause.ACTIVE_AGAIN)
				? disabled + ", and active again: somebody re-enabled it without Keysteward"
						+ ((usedSince != null) ? ", and it was used on " + UtcMinute.of(usedSince) + "." : ".")
				: disabled + ", and used after that" + ((usedSince != null) ? " on " + UtcMinute.of(usedSince) : "")
						+ ": disabling it does not keep it from being used.";
	}

	/**
	 * A disabled key that is not left alone. Text is untrusted.
	 *
	 * @param source the source's id
	 * @param keyId the key's id
	 * @param name what people call it
	 * @param disabledAt when it was disabled
	 * @param what the kind of alarm
	 * @param usedSince its last use by the source's clock, if that was certainly after
	 * the disabling took effect; null: no such use is known
	 * @param sentence the alarm as a sentence that does not name the key
	 */
	public record Alarm(String source, String keyId, @Nullable String name, Instant disabledAt, Cause what,
			@Nullable Instant usedSince, String sentence) {

		KeyId key() {
			return new KeyId(this.source, this.keyId);
		}

	}

	/** The kinds of alarm about a disabled key. */
	public enum Cause {

		/** Somebody tries it, and is refused. */
		STILL_TRIED,

		/** Its source calls it active: somebody else re-enabled it. */
		ACTIVE_AGAIN,

		/** It was used after its disabling should have taken effect. */
		USED_SINCE

	}

}
