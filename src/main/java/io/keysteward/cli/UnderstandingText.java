package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.keysteward.decision.Decided;
import io.keysteward.decision.DecisionRow;
import io.keysteward.decision.Understanding;
import io.keysteward.run.DecisionKind;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * Prints what was understood of a filled workbook, for whoever checks it before it is
 * applied.
 */
final class UnderstandingText {

	/** So many rows with one reason look like a reason that was filled down. */
	private static final long MANY = 20;

	private static final int MOST_PLACES = 10;

	private UnderstandingText() {
	}

	/**
	 * Prints it.
	 * @param approvalValid how old the workbook of an approval may be; null: none is
	 * required
	 * @param now the instant at which it is read
	 */
	static void print(Understanding understood, boolean apply, @Nullable Duration approvalValid, Instant now,
			PrintWriter out) {
		out.println(understood.file() + ": run " + understood.run().key() + ", as of "
				+ UtcMinute.of(understood.run().asOf()));
		understood.rows().forEach((row) -> print(row, out));
		understood.faults().forEach((fault) -> out.println(SafeText.visible(fault)));
		out.println(counts(understood));
		notes(understood, out);
		approvals(understood, approvalValid, now, out);
		out.println(end(understood, apply));
	}

	private static void print(DecisionRow row, PrintWriter out) {
		out.println(row.place() + ": " + key(row) + ": " + words(row.decided()) + by(row.decided())
				+ (row.stored() ? " (stored already)" : ""));
		row.others()
			.forEach((other) -> out
				.println("  " + other.relation().words() + ": " + words(other.decided()) + by(other.decided())));
		row.since().forEach((line) -> out.println("  since then: " + line));
		if (row.remark() != null) {
			out.println("  note: " + row.remark());
		}
	}

	private static String key(DecisionRow row) {
		String name = row.name();
		return SafeText.visible(row.decided().key().toString())
				+ ((name != null) ? " \"" + SafeText.shortened(name) + "\"" : "");
	}

	private static String words(Decided decided) {
		return switch (decided.kind()) {
			case KEEP, EXEMPT_UNTIL -> ((decided.kind() == DecisionKind.KEEP) ? "keep until " : "exempt until ")
					+ day(decided.endsAt()) + ", the first day without it";
			case DISABLE -> "disable";
			case NEW_OWNER -> "new owner " + SafeText.shortened(decided.newOwner());
		};
	}

	private static String by(Decided decided) {
		return ", decided by " + SafeText.shortened(decided.decidedBy())
				+ ((decided.reason() != null) ? ": " + SafeText.visible(decided.reason()) : "");
	}

	/**
	 * With its weekday: that shows a day that was read in another way than it was meant.
	 */
	private static String day(@Nullable Instant instant) {
		LocalDate day = UtcDay.day(Objects.requireNonNull(instant));
		return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
				+ DateTimeFormatter.ISO_LOCAL_DATE.format(day);
	}

	private static String counts(Understanding understood) {
		Map<DecisionKind, Long> kinds = understood.rows()
			.stream()
			.collect(Collectors.groupingBy((row) -> row.decided().kind(), Collectors.counting()));
		String each = Arrays.stream(DecisionKind.values())
			.filter(kinds::containsKey)
			.map((kind) -> kinds.get(kind) + " " + kind.word())
			.collect(Collectors.joining(", "));
		long decided = understood.rows().size();
		return decided + " of " + Plural.of(understood.population(), "flagged key") + " of the run decided here"
				+ (each.isEmpty() ? "" : " (" + each + ")") + "; " + (understood.population() - decided)
				+ " left undecided by it";
	}

	private static void notes(Understanding understood, PrintWriter out) {
		if (understood.hidden() > 0) {
			out.println(understood.hidden() + " of them "
					+ ((understood.hidden() == 1) ? "stands in a hidden row" : "stand in hidden rows")
					+ ": whoever pastes over a filter decides about keys that are not shown");
		}
		if (!understood.remarks().isEmpty()) {
			out.println(places(understood.remarks()) + Plural.word(understood.remarks().size(), " has", " have")
					+ " a day, an owner or a reason, and no decision: that decides nothing");
		}
		understood.rows()
			.stream()
			.map((row) -> row.decided().reason())
			.filter(Objects::nonNull)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.forEach((reason, rows) -> {
				if (rows >= MANY) {
					out.println(rows + " rows have one reason: " + SafeText.visible(String.valueOf(reason)));
				}
			});
		if (understood.newest() != null) {
			out.println("'since then' compares with run " + understood.newest().key() + ", the newest");
		}
	}

	private static void approvals(Understanding understood, @Nullable Duration valid, Instant now, PrintWriter out) {
		if (understood.rows().stream().noneMatch((row) -> row.decided().kind() == DecisionKind.DISABLE)) {
			return;
		}
		if (valid == null) {
			out.println(
					"No approval is required here (keysteward.disable.approval): 'disable' ends an earlier 'keep' or"
							+ " 'exempt until', and changes nothing else");
		}
		else if (understood.run().asOf().isBefore(now.minus(valid))) {
			out.println("The run is more than " + Plural.of(valid.toDays(), "day")
					+ " ago (keysteward.disable.approval-valid): 'disable' ends an earlier 'keep' or 'exempt until', and"
					+ " approves nothing any more; decide in the workbook of a later run");
		}
	}

	private static String places(List<String> places) {
		int more = places.size() - MOST_PLACES;
		return String.join(", ", places.subList(0, Math.min(MOST_PLACES, places.size())))
				+ ((more > 0) ? " and " + Plural.of(more, "more row") : "");
	}

	private static String end(Understanding understood, boolean apply) {
		if (!understood.faults().isEmpty()) {
			return "Nothing is stored.";
		}
		if (understood.applied() != null) {
			return "This file was applied on " + UtcMinute.of(understood.applied().at()) + " by "
					+ SafeText.visible(understood.applied().by()) + "; nothing is stored again.";
		}
		List<Decided> unstored = understood.unstored();
		if (unstored.isEmpty()) {
			return understood.rows().isEmpty() ? "It decides nothing, so nothing is stored."
					: "All of it is stored already; nothing is stored again.";
		}
		return apply ? Plural.of(unstored.size(), "decision") + Plural.word(unstored.size(), " is", " are") + " stored."
				: "Nothing is stored yet: " + Plural.of(unstored.size(), "decision") + " would be with --apply.";
	}

}
