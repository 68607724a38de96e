package io.keysteward.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.keysteward.key.KeyId;
import io.keysteward.policy.Exemption;
import io.keysteward.policy.Scope;
import io.keysteward.run.Blocks;
import io.keysteward.run.DecisionKind;
import io.keysteward.run.StoredTime;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The decisions that are stored, each as part of the file in which it was written.
 */
@Repository
public class Decisions {

	private static final int BLOCK = 5000;

	private final JdbcClient jdbc;

	public Decisions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return the permissions to leave single keys alone that people have decided and
	 * that have not ended}
	 * @param rules the codes of all rules
	 */
	public List<Exemption> permissions(Instant asOf, Collection<String> rules) {
		// Somebody may have filled one reason down for very many keys.
		Map<String, String> texts = new HashMap<>();
		return this.jdbc.sql("""
				SELECT f.decision_id, f.source, f.key_id, f.key_created_at, f.reason, f.decided_by, f.ends_at,
				       f.file_name || ' of run ' || r.run_key || ', applied by ' || f.applied_by AS ticket
				FROM keysteward.decision_in_force f JOIN keysteward.run r USING (run_id)
				WHERE f.kind IN ('KEEP', 'EXEMPT_UNTIL') AND f.ends_at > :asOf
				ORDER BY f.decision_id
				""")
			.param("asOf", asOf.atOffset(ZoneOffset.UTC))
			.query((row, number) -> Exemption.decided(row.getLong("decision_id"),
					Scope.of(key(row), StoredTime.of(row, "key_created_at")), rules, text(row, "reason", texts),
					text(row, "decided_by", texts), text(row, "ticket", texts), StoredTime.required(row, "ends_at")))
			.list();
	}

	/**
	 * {@return the last decision about each of the keys that has one, the last new owner
	 * apart}
	 */
	Map<KeyId, Standing> standing(List<KeyId> keys) {
		Map<KeyId, Standing> standing = new HashMap<>();
		Blocks.of(keys, BLOCK).forEach((block) -> addStanding(block, standing));
		return standing;
	}

	private void addStanding(List<KeyId> keys, Map<KeyId, Standing> standing) {
		this.jdbc.sql("""
				SELECT DISTINCT ON (d.source, d.key_id, d.kind = 'NEW_OWNER') d.*, f.sha256, r.run_key, r.as_of
				FROM unnest(:sources::text[], :keys::text[]) AS k (source, key_id)
				JOIN keysteward.decision d USING (source, key_id)
				JOIN keysteward.decision_file f USING (file_id) JOIN keysteward.run r USING (run_id)
				ORDER BY d.source, d.key_id, d.kind = 'NEW_OWNER', d.decision_id DESC
				""")
			.param("sources", Blocks.texts(keys, KeyId::source))
			.param("keys", Blocks.texts(keys, KeyId::id))
			.query((row) -> {
				Decided decided = decided(row);
				Last last = new Last(row.getLong("decision_id"), decided, row.getString("run_key"),
						StoredTime.required(row, "as_of"), row.getString("sha256"));
				standing.merge(decided.key(), Standing.of(last), Standing::and);
			});
	}

	/**
	 * {@return when and by whom a file was applied; empty: it was not}
	 */
	Optional<Applied> applied(String sha256) {
		return this.jdbc
			.sql("""
					SELECT applied_by, applied_at FROM keysteward.decision_file WHERE sha256 = :sha256 ORDER BY file_id LIMIT 1
					""")
			.param("sha256", sha256)
			.query((row, number) -> new Applied(row.getString("applied_by"), StoredTime.required(row, "applied_at")))
			.optional();
	}

	/**
	 * Stores a file's decisions, all or none.
	 * @param file the file
	 * @param decided its decisions that are not stored yet
	 */
	@Transactional
	void store(DecisionFile file, List<Decided> decided) {
		long id = this.jdbc
			.sql("""
					INSERT INTO keysteward.decision_file (run_id, name, sha256, population, applied_by, applied_at, after_run)
					VALUES (:run, :name, :sha256, :population, :by, clock_timestamp(),
					        (SELECT max(run_id) FROM keysteward.run))
					RETURNING file_id
					""")
			.param("run", file.runId())
			.param("name", file.name())
			.param("sha256", file.sha256())
			.param("population", file.population())
			.param("by", file.appliedBy())
			.query(Long.class)
			.single();
		Blocks.of(decided, BLOCK).forEach((block) -> store(id, block));
	}

	private void store(long file, List<Decided> decided) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.decision (file_id, source, key_id, key_created_at, kind, ends_at, reason, decided_by,
					                                 new_owner)
					SELECT :file, d.* FROM unnest(:sources::text[], :keys::text[], :created::timestamptz[], :kinds::text[],
					                              :ends::timestamptz[], :reasons::text[], :by::text[], :owners::text[]) AS d
					""")
			.param("file", file)
			.param("sources", Blocks.texts(decided, (each) -> each.key().source()))
			.param("keys", Blocks.texts(decided, (each) -> each.key().id()))
			.param("created", Blocks.texts(decided, (each) -> text(each.keyCreatedAt())))
			.param("kinds", Blocks.texts(decided, (each) -> each.kind().name()))
			.param("ends", Blocks.texts(decided, (each) -> text(each.endsAt())))
			.param("reasons", Blocks.texts(decided, Decided::reason))
			.param("by", Blocks.texts(decided, Decided::decidedBy))
			.param("owners", Blocks.texts(decided, Decided::newOwner))
			.update();
	}

	private static @Nullable String text(@Nullable Instant time) {
		return (time != null) ? time.toString() : null;
	}

	private static Decided decided(ResultSet row) throws SQLException {
		return new Decided(key(row), StoredTime.of(row, "key_created_at"), DecisionKind.valueOf(row.getString("kind")),
				StoredTime.of(row, "ends_at"), row.getString("new_owner"), row.getString("reason"),
				row.getString("decided_by"));
	}

	private static KeyId key(ResultSet row) throws SQLException {
		return new KeyId(row.getString("source"), row.getString("key_id"));
	}

	private static String text(ResultSet row, String column, Map<String, String> texts) throws SQLException {
		return texts.computeIfAbsent(row.getString(column), SafeText::visible);
	}

	/**
	 * That a file was applied.
	 *
	 * @param by who had it applied
	 * @param at when
	 */
	public record Applied(String by, Instant at) {
	}

	/**
	 * A stored decision, and the run in whose workbook it was written.
	 *
	 * @param number its number
	 * @param decided the decision
	 * @param runKey the run's key
	 * @param asOf the run's instant
	 * @param sha256 the SHA-256 of the workbook
	 */
	record Last(long number, Decided decided, String runKey, Instant asOf, String sha256) {
	}

	/**
	 * What stands of a key.
	 *
	 * @param verdict the last decision but for new owners; null: there is none
	 * @param owner the last new owner; null: there is none
	 */
	record Standing(@Nullable Last verdict, @Nullable Last owner) {

		static final Standing NONE = new Standing(null, null);

		static Standing of(Last last) {
			return (last.decided().kind() == DecisionKind.NEW_OWNER) ? new Standing(null, last)
					: new Standing(last, null);
		}

		Standing and(Standing other) {
			return new Standing((this.verdict != null) ? this.verdict : other.verdict,
					(this.owner != null) ? this.owner : other.owner);
		}

		/**
		 * {@return the last decision of the same sort that is in force: an approval is
		 * not once there is a new owner}
		 */
		@Nullable Last inForce(DecisionKind kind) {
			Last last = like(kind);
			boolean takenBack = last != null && last.decided().kind() == DecisionKind.DISABLE && last != newest();
			return takenBack ? null : last;
		}

		/**
		 * {@return the last decision of any sort}
		 */
		@Nullable Last newest() {
			return Stream.of(this.verdict, this.owner)
				.flatMap(Stream::ofNullable)
				.max(Comparator.comparingLong(Last::number))
				.orElse(null);
		}

		/**
		 * {@return the last decision of the same sort}
		 */
		@Nullable Last like(DecisionKind kind) {
			return (kind == DecisionKind.NEW_OWNER) ? this.owner : this.verdict;
		}

	}

}
