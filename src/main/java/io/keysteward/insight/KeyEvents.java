package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.keysteward.insight.KeyHistory.Event;
import io.keysteward.run.DecisionKind;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What readings have seen of one key, from run to run: its record, its findings, the gaps
 * between its uses; and what people have decided about it.
 */
@Repository
class KeyEvents {

	private final JdbcClient jdbc;

	KeyEvents(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the events of a key up to a run; of each kind the newest first. Records
	 * and findings of a run that was set aside count only for that run}
	 * @param most how many of each kind
	 */
	List<Event> read(String source, String keyId, long uptoRun, int most) {
		List<Event> events = new ArrayList<>(changes(records(source, keyId, uptoRun)));
		events.addAll(findings(source, keyId, uptoRun, most));
		events.addAll(gaps(source, keyId, uptoRun, most));
		events.addAll(decisions(source, keyId, uptoRun, most));
		return events;
	}

	/** Whole readings of the source whose inventory is kept, the oldest first. */
	private List<Seen> records(String source, String keyId, long uptoRun) {
		return this.jdbc.sql("""
				SELECT r.run_key, r.as_of, k.key_id IS NOT NULL AS there, k.name, k.created_at, k.status,
				       k.project_id, k.project_name, k.project_state, k.owner_id, k.owner_name, k.owner_email,
				       k.owner_state
				FROM keysteward.run r
				JOIN keysteward.run_source s ON s.run_id = r.run_id AND s.source = :source AND s.status = 'READ'
				                            AND s.reading IS NOT NULL
				LEFT JOIN keysteward.key_snapshot k
				       ON k.run_id = r.run_id AND k.source = :source AND k.key_id = :key
				WHERE r.run_id <= :upto AND r.projects IS NULL
				  AND (r.status <> 'SET_ASIDE' OR r.run_id = :upto)
				  AND r.has_inventory
				ORDER BY r.run_id
				""").param("source", source).param("key", keyId).param("upto", uptoRun).query(Seen::of).list();
	}

	private static List<Event> changes(List<Seen> readings) {
		List<Event> events = new ArrayList<>();
		Seen last = null;
		for (int reading = 1; reading < readings.size(); reading++) {
			Seen before = readings.get(reading - 1);
			Seen now = readings.get(reading);
			last = before.there() ? before : last;
			List<Event> ofIt = now.differs(before, last)
				.stream()
				.map((change) -> new Event(now.at(), change + KeyHistory.in(now.runKey())))
				.toList();
			// The newest first: runs may have the same as-of.
			events.addAll(0, ofIt);
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

	/** What was applied after a run is known before the next one. */
	private List<Event> decisions(String source, String keyId, long uptoRun, int most) {
		return this.jdbc
			.sql("""
					SELECT d.kind, d.ends_at, d.new_owner, d.reason, d.decided_by, f.applied_by, f.applied_at, r.run_key
					FROM keysteward.decision d JOIN keysteward.decision_file f USING (file_id) JOIN keysteward.run r USING (run_id)
					WHERE d.source = :source AND d.key_id = :key AND f.after_run <= :upto
					ORDER BY d.decision_id DESC LIMIT :most
					""")
			.param("source", source)
			.param("key", keyId)
			.param("upto", uptoRun)
			.param("most", most)
			.query((row, number) -> new Event(StoredTime.required(row, "applied_at"), decision(row)))
			.list();
	}

	private static String decision(ResultSet row) throws SQLException {
		DecisionKind kind = DecisionKind.valueOf(row.getString("kind"));
		Instant ends = StoredTime.of(row, "ends_at");
		String what = (ends == null) ? kind.word()
				: ((kind == DecisionKind.KEEP) ? "keep until " : "exempt until ") + UtcDay.day(ends);
		String owner = (kind == DecisionKind.NEW_OWNER) ? " " + SafeText.visible(row.getString("new_owner")) : "";
		String reason = row.getString("reason");
		return SafeText.visible(row.getString("decided_by")) + " decided in the workbook of run "
				+ SafeText.visible(row.getString("run_key")) + ": " + what + owner + ", applied by "
				+ SafeText.visible(row.getString("applied_by"))
				+ ((reason != null) ? ". " + SafeText.visible(reason) : "");
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

		/** Of a text. */
		private static final int LONGEST = 120;

		private static Seen of(ResultSet row, int number) throws SQLException {
			return new Seen(row.getString("run_key"), StoredTime.required(row, "as_of"), row.getBoolean("there"),
					row.getString("name"), StoredTime.of(row, "created_at"), row.getString("status"),
					named(row.getString("project_name"), row.getString("project_id")), row.getString("project_state"),
					named(row.getString("owner_name"), row.getString("owner_id")), row.getString("owner_email"),
					row.getString("owner_state"));
		}

		/** Others may have the same name. */
		private static @Nullable String named(@Nullable String name, @Nullable String id) {
			if (name == null || name.isBlank()) {
				return id;
			}
			return (id == null || id.equals(name)) ? name : name + " (" + id + ")";
		}

		/**
		 * {@return what has changed since the reading before}
		 * @param last the last reading in which the key was there; null: none that is
		 * kept
		 */
		private List<String> differs(Seen before, @Nullable Seen last) {
			if (!this.there || !before.there) {
				return comesOrGoes(before, last);
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

		private List<String> comesOrGoes(Seen before, @Nullable Seen last) {
			if (this.there == before.there) {
				return List.of();
			}
			if (!this.there) {
				return List.of("gone from its source");
			}
			if (last == null) {
				return List.of("appeared");
			}
			boolean another = this.createdAt != null && last.createdAt != null
					&& !this.createdAt.equals(last.createdAt);
			return List
				.of(another ? "back in its source as another key, created at another time" : "back in its source");
		}

		private static void add(List<String> changes, String what, @Nullable String before, @Nullable String now) {
			if (Objects.equals(before, now)) {
				return;
			}
			boolean shown = !quoted(before).equals(quoted(now));
			changes.add(shown ? what + " " + quoted(now) + ", before " + quoted(before)
					: what + " changed after what is shown of it: " + quoted(now));
		}

		private static @Nullable String minute(@Nullable Instant at) {
			return (at != null) ? UtcMinute.of(at) : null;
		}

		private static String quoted(@Nullable String text) {
			if (text == null) {
				return "none";
			}
			return "'" + SafeText.visible(SafeText.beginning(text, LONGEST)).replace("'", "\\u0027") + "'";
		}

	}

}
