package io.keysteward.insight;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.keysteward.text.Plural;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

/**
 * What the last rehearsal has foretold for a run's day, and what came. What other runs of
 * that day did counts too.
 */
final class ForetoldNight {

	private static final String REHEARSAL = """
			SELECT rehearsal_id, (made_at AT TIME ZONE 'UTC')::date AS made_on, armed_on
			FROM keysteward.rehearsal h
			WHERE h.made_at < (SELECT as_of FROM keysteward.run WHERE run_id = :run)
			  AND :day BETWEEN h.first_night AND h.last_night
			ORDER BY h.made_at DESC, rehearsal_id DESC LIMIT 1
			""";

	/** Each key that was foretold, or that came: what became of it. */
	private static final String STEPS = """
			WITH today AS (
			  SELECT r.run_id FROM keysteward.run r
			  WHERE r.run_id <= :run AND (r.as_of AT TIME ZONE 'UTC')::date = :day AND r.mode <> 'RESTORE'
			    AND (r.run_id = :run OR r.status <> 'SET_ASIDE')),
			came AS (
			  SELECT n.kind AS step, k.source, k.key_id FROM keysteward.notice n JOIN keysteward.notice_key k USING (notice_id)
			  WHERE n.run_id IN (SELECT run_id FROM today) AND n.status = 'SENT' AND n.kind IN ('WARNING', 'FINAL')
			    AND (n.channel IS NULL OR n.recipient LIKE 'answering-channel:%')
			  UNION
			  SELECT 'DISABLED', a.source, a.key_id FROM today CROSS JOIN LATERAL keysteward.actions_of(today.run_id) a
			  WHERE a.action = 'DISABLE' AND a.outcome IN ('DISABLED', 'WOULD_DISABLE')),
			foretold AS (
			  SELECT step, source, key_id FROM keysteward.rehearsal_step WHERE rehearsal_id = :rehearsal AND night = :day)
			SELECT step, f.key_id IS NOT NULL AS foretold, c.key_id IS NOT NULL AS came,
			       CASE WHEN k.key_id IS NULL THEN 'GONE'
			            WHEN k.last_used_at > (SELECT inventory_at FROM keysteward.rehearsal WHERE rehearsal_id = :rehearsal)
			            THEN 'USED'
			            WHEN k.judgement = 'NOT_ACTIVE' THEN 'INACTIVE'
			            WHEN k.exemption IS NOT NULL THEN 'EXEMPT'
			            WHEN a.held_by IS NOT NULL THEN 'HELD'
			            ELSE 'OTHERWISE' END AS why,
			       a.held_by, count(*) AS keys
			FROM foretold f FULL JOIN came c USING (step, source, key_id)
			LEFT JOIN keysteward.key_snapshot k ON k.run_id = :run AND k.source = coalesce(f.source, c.source)
			 AND k.key_id = coalesce(f.key_id, c.key_id)
			LEFT JOIN keysteward.actions_of(:run) a
			  ON a.source = coalesce(f.source, c.source) AND a.key_id = coalesce(f.key_id, c.key_id) AND a.action = 'DISABLE'
			GROUP BY 1, 2, 3, 4, 5
			""";

	private ForetoldNight() {
	}

	/**
	 * {@return a sentence on what was foretold and what came; none where nobody has
	 * foretold anything, or where the run is no whole night}
	 */
	static List<String> sentences(RunView stored) {
		if (stored.run().narrowed()) {
			return List.of();
		}
		LocalDate day = UtcDay.day(stored.run().asOf());
		return stored.sql(REHEARSAL)
			.param("day", day)
			.query((row, number) -> new Foretold(row.getLong("rehearsal_id"), row.getObject("made_on", LocalDate.class),
					row.getObject("armed_on", LocalDate.class)))
			.optional()
			.map((rehearsal) -> List.of(sentence(stored, rehearsal, day)))
			.orElse(List.of());
	}

	private static String sentence(RunView stored, Foretold rehearsal, LocalDate day) {
		List<Line> lines = stored.sql(STEPS)
			.param("day", day)
			.param("rehearsal", rehearsal.id())
			.query((row, number) -> new Line(ForecastStep.Kind.valueOf(row.getString("step")),
					row.getBoolean("foretold"), row.getBoolean("came"), Why.valueOf(row.getString("why")),
					row.getString("held_by"), row.getLong("keys")))
			.list();
		List<String> parts = new ArrayList<>();
		for (ForecastStep.Kind kind : ForecastStep.Kind.values()) {
			part(kind, lines.stream().filter((line) -> line.kind() == kind).toList()).ifPresent(parts::add);
		}
		return "A rehearsal of " + rehearsal.madeOn() + " foretold for this night (if armed on " + rehearsal.armedOn()
				+ "): " + (parts.isEmpty() ? "nothing, and nothing came" : String.join("; ", parts)) + ".";
	}

	/** As many words as there is something to say: most nights come as foretold. */
	private static Optional<String> part(ForecastStep.Kind kind, List<Line> lines) {
		if (lines.isEmpty()) {
			return Optional.empty();
		}
		long foretold = sum(lines, (line) -> line.foretold());
		long hits = sum(lines, (line) -> line.foretold() && line.came());
		long others = sum(lines, (line) -> !line.foretold());
		if (foretold == 0) {
			return Optional.of("none " + kind.words() + ", and " + Plural.of(others, "key") + " came");
		}
		StringBuilder words = new StringBuilder(Plural.of(foretold, "key")).append(" ").append(kind.words());
		words.append((hits == foretold) ? ", and so it came" : ", " + hits + " came");
		Map<String, Long> missed = new LinkedHashMap<>();
		lines.stream()
			.filter((line) -> line.foretold() && !line.came())
			.sorted(Comparator.comparing(Line::why).thenComparing(Line::words))
			.forEach((line) -> missed.merge(line.words(), line.keys(), Long::sum));
		missed.forEach((why, keys) -> words.append(", ").append(keys).append(" ").append(why));
		if (others > 0) {
			words.append(", and ").append(others).append(" came that it had not foretold");
		}
		return Optional.of(words.toString());
	}

	private static long sum(List<Line> lines, Predicate<Line> which) {
		return lines.stream().filter(which).mapToLong(Line::keys).sum();
	}

	/** Why something did not come, the first that fits. */
	private enum Why {

		GONE("gone from the source"),

		USED("used since"),

		INACTIVE("not active any more"),

		EXEMPT("exempted"),

		HELD("held by"),

		OTHERWISE("judged otherwise, or done on another night");

		private final String words;

		Why(String words) {
			this.words = words;
		}

	}

	private record Foretold(long id, LocalDate madeOn, LocalDate armedOn) {
	}

	private record Line(ForecastStep.Kind kind, boolean foretold, boolean came, Why why, @Nullable String heldBy,
			long keys) {

		String words() {
			return (this.why == Why.HELD) ? this.why.words + " " + this.heldBy : this.why.words;
		}

	}

}
