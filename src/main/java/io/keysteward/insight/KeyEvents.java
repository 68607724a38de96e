package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.keysteward.insight.KeyHistory.Event;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What readings have seen of one key, from run to run: its record, its findings, and the
 * gaps between its uses.
 */
@Repository
class KeyEvents {

	private final JdbcClient jdbc;

	KeyEvents(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the events of a key up to a run, in no order; of each kind the newest.
	 * What a run saw that was set aside counts only for that run}
	 * @param most how many of each kind
	 */
	List<Event> read(String source, String keyId, long uptoRun, int most) {
		List<Event> events = new ArrayList<>(changes(records(source, keyId, uptoRun)));
		events.addAll(findings(source, keyId, uptoRun, most));
		events.addAll(gaps(source, keyId, uptoRun, most));
		return events;
	}

	/** Whole readings of the source whose inventory is kept, the oldest first. */
	private List<Seen> records(String source, String keyId, long uptoRun) {
		return this.jdbc
			.sql("""
					SELECT r.run_key, r.as_of, k.key_id IS NOT NULL AS there, k.name, k.created_at, k.status,
					       coalesce(nullif(btrim(k.project_name), ''), k.project_id) AS project, k.project_state,
					       coalesce(nullif(btrim(k.owner_name), ''), k.owner_id) AS owner, k.owner_email, k.owner_state
					FROM keysteward.run r
					JOIN keysteward.run_source s ON s.run_id = r.run_id AND s.source = :source AND s.status = 'READ'
					LEFT JOIN keysteward.key_snapshot k
					       ON k.run_id = r.run_id AND k.source = :source AND k.key_id = :key
					WHERE r.run_id <= :upto AND r.projects IS NULL AND r.keeps = 'ALL' AND (r.status <> 'SET_ASIDE' OR r.run_id = :upto)
					  AND to_regclass('keysteward.key_snapshot_r' || r.run_id) IS NOT NULL
					ORDER BY r.run_id
					""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", uptoRun)
			.query(Seen::of)
			.list();
	}

	private static List<Event> changes(List<Seen> readings) {
		List<Event> events = new ArrayList<>();
		Instant createdBefore = null;
		for (int reading = 1; reading < readings.size(); reading++) {
			Seen before = readings.get(reading - 1);
			Seen now = readings.get(reading);
			createdBefore = (before.createdAt() != null) ? before.createdAt() : createdBefore;
			for (String change : now.differs(before, createdBefore)) {
				events.add(new Event(now.at(), change + KeyHistory.in(now.runKey())));
			}
		}
		return events;
	}

	private List<Event> findings(String source, String keyId, long uptoRun, int most) {
		return this.jdbc.sql("""
				SELECT r.run_key, r.as_of, e.rule, e.event, e.level, e.resolution
				FROM keysteward.finding_event e JOIN keysteward.run r USING (run_id)
				WHERE e.source = :source AND e.key_id = :key AND e.run_id <= :upto
				  AND (r.status <> 'SET_ASIDE' OR r.run_id = :upto)
				ORDER BY e.run_id DESC, e.rule LIMIT :most
				""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", uptoRun)
			.param("most", most)
			.query((row, number) -> new Event(StoredTime.required(row, "as_of"),
					finding(row) + KeyHistory.in(row.getString("run_key")) + why(row)))
			.list();
	}

	private static String finding(ResultSet row) throws SQLException {
		String rule = row.getString("rule");
		return switch (row.getString("event")) {
			case "OPENED" -> "found " + rule + ", " + row.getString("level");
			case "RAISED" -> rule + " rose to VIOLATION";
			case "LOWERED" -> rule + " fell to WARN";
			default -> rule + " ended";
		};
	}

	private static String why(ResultSet row) throws SQLException {
		String resolution = row.getString("resolution");
		return (resolution != null) ? ". " + Resolution.sentence(resolution) : "";
	}

	private List<Event> gaps(String source, String keyId, long uptoRun, int most) {
		return this.jdbc.sql("""
				SELECT from_at, to_at FROM keysteward.key_use_gap
				WHERE source = :source AND key_id = :key AND seen_run <= :upto ORDER BY to_at DESC LIMIT :most
				""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", uptoRun)
			.param("most", most)
			.query((row, number) -> gap(StoredTime.required(row, "from_at"), StoredTime.required(row, "to_at")))
			.list();
	}

	private static Event gap(Instant from, Instant to) {
		return new Event(to, "used again; no use was seen for " + Plural.of(Duration.between(from, to).toDays(), "day")
				+ ", since " + UtcMinute.of(from));
	}

	/**
	 * A key as one run has read it. Text is untrusted.
	 *
	 * @param at the run's as-of
	 * @param there whether it was there at all
	 */
	private record Seen(String runKey, Instant at, boolean there, @Nullable String name, @Nullable Instant createdAt,
			@Nullable String status, @Nullable String project, @Nullable String projectState, @Nullable String owner,
			@Nullable String ownerEmail, @Nullable String ownerState) {

		private static Seen of(ResultSet row, int number) throws SQLException {
			return new Seen(row.getString("run_key"), StoredTime.required(row, "as_of"), row.getBoolean("there"),
					row.getString("name"), StoredTime.of(row, "created_at"), row.getString("status"),
					row.getString("project"), row.getString("project_state"), row.getString("owner"),
					row.getString("owner_email"), row.getString("owner_state"));
		}

		private List<String> differs(Seen before, @Nullable Instant createdBefore) {
			if (!this.there || !before.there) {
				return comesOrGoes(before, createdBefore);
			}
			List<String> changes = new ArrayList<>();
			add(changes, "creation", minute(before.createdAt), minute(this.createdAt));
			add(changes, "name", before.name, this.name);
			add(changes, "project", before.project, this.project);
			add(changes, "project state", before.projectState, this.projectState);
			add(changes, "owner", before.owner, this.owner);
			add(changes, "owner's address", before.ownerEmail, this.ownerEmail);
			add(changes, "owner state", before.ownerState, this.ownerState);
			add(changes, "status", before.status, this.status);
			return changes;
		}

		private List<String> comesOrGoes(Seen before, @Nullable Instant createdBefore) {
			if (this.there == before.there) {
				return List.of();
			}
			if (!this.there) {
				return List.of("gone from its source");
			}
			boolean another = createdBefore != null && !createdBefore.equals(this.createdAt);
			return List.of((createdBefore == null) ? "first read"
					: another ? "back in its source as another key, created at another time" : "back in its source");
		}

		private static void add(List<String> changes, String what, @Nullable String before, @Nullable String now) {
			if (!Objects.equals(before, now)) {
				changes.add(what + " " + quoted(now) + ", before " + quoted(before));
			}
		}

		private static @Nullable String minute(@Nullable Instant at) {
			return (at != null) ? UtcMinute.of(at) : null;
		}

		private static String quoted(@Nullable String text) {
			return (text != null) ? "'" + SafeText.shortened(text) + "'" : "none";
		}

	}

}
