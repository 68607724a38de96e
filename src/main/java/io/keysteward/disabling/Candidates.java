package io.keysteward.disabling;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.keysteward.key.KeyId;
import io.keysteward.key.Level;
import io.keysteward.key.Usage;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.PlannerHints;
import io.keysteward.run.Run;
import io.keysteward.run.StoredContact;
import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the candidates of a run through a cursor, whatever their number.
 */
@Repository
class Candidates {

	private static final int FETCH_SIZE = 1000;

	private final JdbcClient jdbc;

	Candidates(JdbcTemplate template) {
		JdbcTemplate cursor = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
		cursor.setFetchSize(FETCH_SIZE);
		this.jdbc = JdbcClient.create(cursor);
	}

	/**
	 * Passes on every judged key of the run that is idle or orphaned and not touched by
	 * the run yet. Needs a transaction for the cursor.
	 * @param noticeValid older notices are left out
	 * @param consumer gets each key, with the plan that lasts until now; null: none does
	 */
	void each(Run run, Duration noticeValid, BiConsumer<Candidate, @Nullable StoredPlan> consumer) {
		PlannerHints.forFullScan(this.jdbc);
		this.jdbc
			.sql("""
					WITH notices AS (
					  SELECT nk.source, nk.key_id, nk.contact,
					         array_agg(n.kind ORDER BY n.notice_id) AS notice_kinds,
					         array_agg(n.sent_at ORDER BY n.notice_id) AS notice_times,
					         array_agg(nk.announced_at ORDER BY n.notice_id) AS notice_days,
					         array_agg(n.recipient ORDER BY n.notice_id) AS notice_recipients
					  FROM keysteward.notice n JOIN keysteward.notice_key nk USING (notice_id)
					  JOIN keysteward.run r ON r.run_id = :run
					  JOIN keysteward.run w ON w.run_id = n.run_id AND w.status <> 'SET_ASIDE'
					  WHERE n.status = 'SENT' AND n.kind IN ('WARNING', 'REMINDER', 'FINAL') AND (n.channel IS NULL OR n.posted)
					    AND nk.announced_at IS NOT NULL
					    AND n.sent_at <= r.as_of AND n.sent_at >= r.as_of - :valid * interval '1 second'
					  GROUP BY nk.source, nk.key_id, nk.contact),
					touched AS (
					  SELECT source, key_id, max(intended_at) FILTER (WHERE action = 'DISABLE') AS disabled_at,
					         max(coalesce(done_at, intended_at)) AS touched_at
					  FROM keysteward.key_action
					  WHERE intended_at IS NOT NULL AND run_id <> :run
					    AND (outcome IS NULL OR outcome IN ('DISABLED', 'RESTORED') OR undo IS NOT NULL)
					  GROUP BY source, key_id),
					lasting AS (
					  SELECT a.action_id AS plan_id, a.source AS plan_source, a.key_id AS plan_key_id, {plan}
					  FROM keysteward.actions_of(:run) a WHERE a.run_id < :run)
					SELECT k.source, k.key_id, k.kind, k.referenced_by, k.usage, k.created_at, k.last_used_at, k.known_use,
					       greatest(k.known_use, k.last_used_at, k.created_at) AS unused_since, k.idle_days, k.project_id, k.owner_id,
					       k.owner_email, k.owner_state, p.new_owner, v.as_of AS approved_as_of, v.decided_by AS approved_by, x.exemption_id, x.expires_at,
					       i.level AS idle_level, i.first_seen_at AS idle_since, i.seen_days AS idle_days_seen,
					       i.violation_at AS idle_violation_at,
					       o.level AS orphaned_level, o.first_seen_at AS orphaned_since, o.seen_days AS orphaned_days_seen,
					       o.violation_at AS orphaned_violation_at,
					       t.disabled_at, t.touched_at, w.notice_kinds, w.notice_times, w.notice_days, w.notice_recipients,
					       q.*
					FROM keysteward.key_snapshot k
					LEFT JOIN LATERAL (SELECT min(e.id) AS id
					                   FROM unnest(k.findings, k.exempted_by) AS e (rule, id)
					                   WHERE e.rule IN ('IDLE', 'ORPHANED')) e ON true
					LEFT JOIN keysteward.run_exemption x ON x.run_id = :run AND x.exemption_id = e.id
					LEFT JOIN keysteward.finding i ON i.source = k.source AND i.key_id = k.key_id AND i.rule = 'IDLE'
					                              AND i.status = 'OPEN' AND i.last_seen_run = :run
					LEFT JOIN keysteward.finding o ON o.source = k.source AND o.key_id = k.key_id AND o.rule = 'ORPHANED'
					                              AND o.status = 'OPEN' AND o.last_seen_run = :run
					LEFT JOIN keysteward.named_owner p ON p.source = k.source AND p.key_id = k.key_id
					                                  AND p.key_created_at IS NOT DISTINCT FROM k.created_at
					LEFT JOIN keysteward.key_approval v ON v.source = k.source AND v.key_id = k.key_id
					                                   AND v.key_created_at IS NOT DISTINCT FROM k.created_at
					LEFT JOIN touched t ON t.source = k.source AND t.key_id = k.key_id
					LEFT JOIN notices w ON w.source = k.source AND w.key_id = k.key_id
					  AND w.contact = keysteward.key_contact(p.new_owner, k.owner_id, k.owner_email, k.owner_state, k.project_id)
					LEFT JOIN lasting q ON q.plan_source = k.source AND q.plan_key_id = k.key_id
					WHERE k.run_id = :run AND k.judgement = 'JUDGED' AND k.findings && ARRAY['IDLE', 'ORPHANED']
					  AND NOT EXISTS (SELECT FROM keysteward.key_action a
					                  WHERE a.run_id = :run AND a.source = k.source AND a.key_id = k.key_id
					                    AND a.action = 'DISABLE' AND a.intended_at IS NOT NULL)
					ORDER BY k.source, k.key_id
					"""
				.replace("{plan}", Plan.COLUMNS))
			.param("run", run.id())
			.param("valid", noticeValid.toSeconds())
			.query((RowCallbackHandler) (row) -> consumer.accept(candidate(row), stored(row)));
	}

	private static @Nullable StoredPlan stored(ResultSet row) throws SQLException {
		Long id = row.getObject("plan_id", Long.class);
		return (id != null) ? new StoredPlan(id, Plan.read(row)) : null;
	}

	private static Candidate candidate(ResultSet row) throws SQLException {
		String source = row.getString("source");
		Map<NoticeKind, List<SentNotice>> notices = notices(row);
		return new Candidate(new KeyId(source, row.getString("key_id")), row.getString("kind"),
				row.getString("referenced_by"), Usage.State.valueOf(row.getString("usage")),
				StoredTime.of(row, "created_at"), StoredTime.of(row, "last_used_at"), StoredTime.of(row, "known_use"),
				StoredTime.of(row, "unused_since"), row.getObject("idle_days", Integer.class), StoredContact.read(row),
				row.getString("exemption_id"), StoredTime.of(row, "expires_at"), open(row, "idle"),
				open(row, "orphaned"), StoredTime.of(row, "disabled_at"), StoredTime.of(row, "touched_at"),
				notices.getOrDefault(NoticeKind.WARNING, List.of()),
				notices.getOrDefault(NoticeKind.REMINDER, List.of()), notices.getOrDefault(NoticeKind.FINAL, List.of()),
				approval(row));
	}

	private static Candidate.@Nullable Approval approval(ResultSet row) throws SQLException {
		Instant asOf = StoredTime.of(row, "approved_as_of");
		return (asOf != null) ? new Candidate.Approval(asOf, row.getString("approved_by")) : null;
	}

	private static Candidate.@Nullable Open open(ResultSet row, String rule) throws SQLException {
		String level = row.getString(rule + "_level");
		Instant since = StoredTime.of(row, rule + "_since");
		return (level != null && since != null) ? new Candidate.Open(Level.valueOf(level) == Level.VIOLATION, since,
				row.getInt(rule + "_days_seen"), StoredTime.of(row, rule + "_violation_at")) : null;
	}

	private static Map<NoticeKind, List<SentNotice>> notices(ResultSet row) throws SQLException {
		Array kinds = row.getArray("notice_kinds");
		if (kinds == null) {
			return Map.of();
		}
		String[] each = (String[]) kinds.getArray();
		Timestamp[] at = (Timestamp[]) row.getArray("notice_times").getArray();
		Timestamp[] announced = (Timestamp[]) row.getArray("notice_days").getArray();
		String[] recipients = (String[]) row.getArray("notice_recipients").getArray();
		Map<NoticeKind, List<SentNotice>> notices = new EnumMap<>(NoticeKind.class);
		for (int i = 0; i < each.length; i++) {
			notices.computeIfAbsent(NoticeKind.valueOf(each[i]), (first) -> new ArrayList<>())
				.add(SentNotice.of(at[i].toInstant(), announced[i].toInstant(), recipients[i]));
		}
		return notices;
	}

	/**
	 * A plan that an earlier run has written.
	 *
	 * @param id its row
	 * @param plan what it is tonight, if nothing is written
	 */
	record StoredPlan(long id, Plan plan) {
	}

}
