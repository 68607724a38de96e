package io.keysteward.insight;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.keysteward.run.StoredTime;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a flagged key next if nothing changes, and when.
 *
 * @param what one sentence
 * @param when the date; null: the stored rows do not give one
 */
public record NextStep(String what, @Nullable Instant when) {

	/**
	 * {@return the next step for a row of {@link KeyRows#FLAGGED}}
	 */
	public static NextStep of(ResultSet row) throws SQLException {
		NextStep planned = PlannedStep.of(row);
		return (planned != null) ? planned : byLevel(row);
	}

	/**
	 * {@return the next step by the level alone}
	 */
	static NextStep byLevel(ResultSet row) throws SQLException {
		return switch (Standing.of(row.getString("level"))) {
			case EXEMPT -> new NextStep("Exempt by " + exemptBy(row), StoredTime.of(row, "exempt_until"));
			case VIOLATION ->
				withExemptions(new NextStep("Past the disabling threshold; nothing is disabled", null), row);
			case WARN -> withExemptions(warned(row), row);
		};
	}

	/** Earlier versions did not store the end of an exemption. */
	private static @Nullable String exemptBy(ResultSet row) throws SQLException {
		String stored = row.getString("exempt_by");
		return (stored != null) ? stored : row.getString("exemption");
	}

	private static NextStep withExemptions(NextStep next, ResultSet row) throws SQLException {
		// Most keys have none, and reading arrays is slow.
		if (row.getString("exemption") == null) {
			return next;
		}
		List<String> findings = texts(row, "findings");
		List<@Nullable String> exemptedBy = texts(row, "exempted_by");
		List<String> exempt = new ArrayList<>();
		for (int finding = 0; finding < findings.size(); finding++) {
			if (at(exemptedBy, finding) != null) {
				exempt.add(findings.get(finding));
			}
		}
		return exempt.isEmpty() ? next
				: new NextStep(next.what + "; " + String.join(", ", exempt) + " exempt by " + exemptBy(row), next.when);
	}

	private static NextStep warned(ResultSet row) throws SQLException {
		List<String> findings = texts(row, "findings");
		List<String> open = texts(row, "open_rules");
		List<@Nullable Instant> since = instants(row, "open_since");
		List<@Nullable Instant> violationAt = instants(row, "violation_at");
		List<@Nullable Integer> grace = numbers(row, "grace_days");
		List<@Nullable String> exemptedBy = texts(row, "exempted_by");
		NextStep next = new NextStep("Stays a warning", null);
		for (int finding = 0; finding < findings.size(); finding++) {
			int known = open.indexOf(findings.get(finding));
			Instant rises = rises(at(violationAt, finding), at(grace, finding), at(since, known));
			if (rises != null && at(exemptedBy, finding) == null && (next.when == null || rises.isBefore(next.when))) {
				next = new NextStep("Becomes a violation if " + condition(findings.get(finding)), rises);
			}
		}
		return next;
	}

	private static @Nullable Instant rises(@Nullable Instant byRule, @Nullable Integer graceDays,
			@Nullable Instant openSince) {
		if (byRule != null || graceDays == null || openSince == null) {
			return byRule;
		}
		return openSince.plus(Duration.ofDays(graceDays));
	}

	private static String condition(String rule) {
		return switch (rule) {
			case "IDLE" -> "still unused";
			case "ORPHANED" -> "still orphaned";
			default -> "nothing changes";
		};
	}

	private static <T> @Nullable T at(List<@Nullable T> values, int index) {
		return (index >= 0 && index < values.size()) ? values.get(index) : null;
	}

	private static List<String> texts(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? Arrays.asList((String[]) array.getArray()) : List.of();
	}

	private static List<@Nullable Integer> numbers(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? Arrays.asList((Integer[]) array.getArray()) : Collections.emptyList();
	}

	private static List<@Nullable Instant> instants(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		if (array == null) {
			return Collections.emptyList();
		}
		return Arrays.stream((Timestamp[]) array.getArray())
			.map((time) -> (time != null) ? time.toInstant() : null)
			.toList();
	}

}
