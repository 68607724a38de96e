package io.keysteward.disabling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.run.Gate;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.Outcome;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What {@code key_action} has of a key that nobody has begun to disable. Two that are
 * equal are the same plan.
 *
 * @param heldBy the first closed gate; null: the key is due
 * @param closedGates the closed gates in order, with commas between them
 * @param outcome {@code WOULD_DISABLE} where the run may not disable; else null
 * @param dueAt the earliest time at which the key may be disabled; null: not known
 * @param warnedAt when the {@code WARNING} that counts was sent; null: there is none
 * @param finalAt when the {@code FINAL} that counts was sent; null: there is none
 * @param nextNotice the notice for its owner in this run; null: none
 * @param words a hash of why it is held, and of what was decided on, but for
 * {@link #GROWING}: some 600 characters, which need not be sorted and sent for each key
 */
record Plan(@Nullable Gate heldBy, String closedGates, @Nullable Outcome outcome, @Nullable Instant dueAt,
		@Nullable Instant warnedAt, @Nullable Instant finalAt, @Nullable NoticeKind nextNotice, String words) {

	/** Evidence that grows by itself, and makes no other plan. */
	static final List<String> GROWING = List.of("idle_days", "seen_days");

	/** In the words of {@link #asJsonb}, of a row {@code a}. */
	static final String COLUMNS = """
			a.held_by AS plan_held_by, array_to_string(a.closed_gates, ',') AS plan_closed_gates, a.outcome AS plan_outcome,
			a.due_at AS plan_due_at, a.warned_at AS plan_warned_at, a.final_at AS plan_final_at,
			a.next_notice AS plan_next_notice,
			encode(sha256(convert_to(concat(a.detail, (a.evidence - '{%s}'::text[])::text), 'UTF8')), 'hex') AS plan_words
			"""
		.formatted(String.join(",", GROWING));

	/**
	 * {@return the plan for a key}
	 * @param outcome where the key is due
	 * @param detail why it is held; null: it is due
	 */
	static Plan of(KeyDecision decision, @Nullable Outcome outcome, @Nullable String detail,
			Map<String, @Nullable Object> evidence) {
		return new Plan(decision.heldBy(), decision.closedGates(), decision.due() ? outcome : null, decision.dueAt(),
				decision.round().warnedAt(), decision.round().finalAt(), decision.nextNotice(),
				Sha256.of(((detail != null) ? detail : "") + asJsonb(evidence)));
	}

	/**
	 * {@return a stored plan, from {@link #COLUMNS}}
	 */
	static Plan read(ResultSet row) throws SQLException {
		String heldBy = row.getString("plan_held_by");
		String outcome = row.getString("plan_outcome");
		String notice = row.getString("plan_next_notice");
		return new Plan((heldBy != null) ? Gate.valueOf(heldBy) : null, row.getString("plan_closed_gates"),
				(outcome != null) ? Outcome.valueOf(outcome) : null, StoredTime.of(row, "plan_due_at"),
				StoredTime.of(row, "plan_warned_at"), StoredTime.of(row, "plan_final_at"),
				(notice != null) ? NoticeKind.valueOf(notice) : null, row.getString("plan_words"));
	}

	/**
	 * As PostgreSQL writes {@code jsonb}: shorter names first. No value has a character
	 * that JSON escapes.
	 */
	private static String asJsonb(Map<String, @Nullable Object> evidence) {
		return evidence.entrySet()
			.stream()
			.filter((entry) -> !GROWING.contains(entry.getKey()))
			.sorted(Comparator.comparing((Map.Entry<String, @Nullable Object> entry) -> entry.getKey().length())
				.thenComparing(Map.Entry::getKey))
			.map((entry) -> '"' + entry.getKey() + "\": " + asJsonb(entry.getValue()))
			.collect(Collectors.joining(", ", "{", "}"));
	}

	private static String asJsonb(@Nullable Object value) {
		return (value == null || value instanceof Number) ? String.valueOf(value) : "\"" + value + '"';
	}

}
