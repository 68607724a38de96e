package io.keysteward.decision;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.run.DecisionKind;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import io.keysteward.xlsx.SavedCell;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody wrote into the cells of one row, and says everything that is wrong
 * with it.
 *
 * @param asOf the instant of the run that wrote the workbook, so that each reading of it
 * understands the same
 * @param longest how long a permission may last
 * @param since1904 how the workbook counts days
 * @param refusal why an address cannot be a new owner's; null: it can
 */
record AnswerReader(Instant asOf, Duration longest, boolean since1904, Function<String, @Nullable String> refusal) {

	private static final int LONGEST_REASON = 500;

	private static final int LONGEST_NAME = 200;

	private static final String ISO_DAY = "\\d{4}-\\d{2}-\\d{2}";

	/**
	 * {@return the answer; empty: something is wrong with it}
	 * @param faults gets a sentence for each fault
	 */
	Optional<Answer> read(FormRow.Answers written, Consumer<String> faults) {
		RowFaults found = new RowFaults(faults);
		DecisionKind kind = kind(written.decision(), found);
		String by = text(FindingsForm.DECIDED_BY, written.decidedBy(), LONGEST_NAME, found);
		if (by == null) {
			found.add(FindingsForm.DECIDED_BY + " is empty; write who decides this");
		}
		String reason = text(FindingsForm.REASON, written.reason(), LONGEST_REASON, found);
		if (kind == null) {
			return Optional.empty();
		}
		if (reason == null && kind != DecisionKind.DISABLE) {
			found.add(FindingsForm.REASON + " is empty; '" + kind.word() + "' needs one");
		}
		Instant ends = ends(kind, written.until(), found);
		String owner = owner(kind, written.newOwner(), found);
		return found.any ? Optional.empty() : Optional.of(new Answer(kind, ends, owner, reason, String.valueOf(by)));
	}

	private static @Nullable DecisionKind kind(@Nullable SavedCell cell, RowFaults faults) {
		if (isFormula(FindingsForm.DECISION, cell, faults) || cell == null) {
			return null;
		}
		Optional<DecisionKind> kind = DecisionKind.find(cell.text());
		if (kind.isEmpty()) {
			List<String> words = DecisionKind.words();
			faults.add(FindingsForm.DECISION + " '" + SafeText.shortened(cell.text().strip())
					+ "' is not allowed; choose one of: " + String.join(", ", words) + "."
					+ meant(cell.text().strip(), words));
		}
		return kind.orElse(null);
	}

	private static String meant(String text, List<String> words) {
		List<String> longer = words.stream().filter((word) -> word.startsWith(text.toLowerCase(Locale.ROOT))).toList();
		return (longer.size() == 1 && !text.isEmpty()) ? " Did you mean '" + longer.get(0) + "'?"
				: NearestWord.question(text, words);
	}

	private @Nullable Instant ends(DecisionKind kind, @Nullable SavedCell cell, RowFaults faults) {
		boolean written = FormRow.Answers.isWritten(cell);
		if (!kind.permits()) {
			if (written) {
				faults.add(
						FindingsForm.UNTIL + " is not for '" + kind.word() + "'; empty it, or choose another decision");
			}
			return null;
		}
		Instant latest = UtcDay.day(this.asOf.plus(this.longest)).atStartOfDay(ZoneOffset.UTC).toInstant();
		if (!written) {
			if (kind == DecisionKind.EXEMPT_UNTIL) {
				faults.add(FindingsForm.UNTIL + " is empty; '" + kind.word()
						+ "' needs the first day without it, such as " + UtcDay.day(latest));
			}
			return latest;
		}
		return day(cell, faults).map((day) -> within(day, latest, faults)).orElse(null);
	}

	private Instant within(LocalDate day, Instant latest, RowFaults faults) {
		Instant ends = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		if (!ends.isAfter(this.asOf)) {
			faults.add(FindingsForm.UNTIL + " " + day + " is not later than the day of the run, "
					+ UtcDay.day(this.asOf) + "; write a later day");
		}
		else if (ends.isAfter(latest)) {
			faults.add(FindingsForm.UNTIL + " " + day + " is more than " + this.longest.toDays() + "d"
					+ " after the run of " + UtcDay.day(this.asOf) + " (keysteward.exemptions.max-lifetime); write "
					+ UtcDay.day(latest) + " or an earlier day");
		}
		return ends;
	}

	/**
	 * A text is a day only where it cannot be read in two ways, such as 01/03/27.
	 */
	private Optional<LocalDate> day(@Nullable SavedCell cell, RowFaults faults) {
		if (isFormula(FindingsForm.UNTIL, cell, faults) || cell == null) {
			return Optional.empty();
		}
		String text = cell.text().strip();
		Optional<LocalDate> day = switch (cell.kind()) {
			case TIME -> parsed(text.split(" ")[0]);
			case NUMBER -> WrittenTime.of(text, this.since1904).map(LocalDateTime::toLocalDate);
			default -> text.matches(ISO_DAY) ? parsed(text) : Optional.empty();
		};
		if (day.isEmpty()) {
			faults.add(FindingsForm.UNTIL + " '" + SafeText.shortened(text) + "' is "
					+ (text.matches(ISO_DAY) ? "no day of the calendar" : "not a day in the form 2027-03-31")
					+ "; write it so, or as a date");
		}
		return day;
	}

	private static Optional<LocalDate> parsed(String day) {
		try {
			return Optional.of(LocalDate.parse(day));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private @Nullable String owner(DecisionKind kind, @Nullable SavedCell cell, RowFaults faults) {
		String address = text(FindingsForm.NEW_OWNER, cell, LONGEST_NAME + LONGEST_NAME, faults);
		if (kind != DecisionKind.NEW_OWNER) {
			if (address != null) {
				faults.add(FindingsForm.NEW_OWNER + " is not for '" + kind.word()
						+ "'; empty it, or choose another decision");
			}
			return null;
		}
		if (address == null) {
			faults.add(FindingsForm.NEW_OWNER + " is empty; '" + kind.word() + "' needs the mail address to write to");
			return null;
		}
		String why = this.refusal.apply(address);
		if (why != null) {
			faults.add(FindingsForm.NEW_OWNER + " '" + SafeText.shortened(address) + "' " + why);
		}
		return address;
	}

	private static @Nullable String text(String header, @Nullable SavedCell cell, int longest, RowFaults faults) {
		if (isFormula(header, cell, faults) || cell == null || SafeText.isBlank(cell.text())) {
			return null;
		}
		String text = cell.text().strip();
		if (text.length() > longest) {
			faults.add(header + " has " + text.length() + " characters; write up to " + longest);
		}
		if (text.indexOf('\0') >= 0) {
			faults.add(header + " has a character that cannot be stored; type it again");
		}
		return text;
	}

	private static boolean isFormula(String header, @Nullable SavedCell cell, RowFaults faults) {
		if (cell == null || !cell.formula()) {
			return false;
		}
		faults.add(header + " is a formula, which computes something else tomorrow; type its value");
		return true;
	}

	/**
	 * What somebody wrote.
	 *
	 * @param kind the decision
	 * @param endsAt the first instant without the permission; null: it permits nothing
	 * @param newOwner whom to write to; null: the owner stays
	 * @param reason why; null: not given
	 * @param decidedBy who
	 */
	record Answer(DecisionKind kind, @Nullable Instant endsAt, @Nullable String newOwner, @Nullable String reason,
			String decidedBy) {
	}

	/** Passes faults on, and notes whether there was one. */
	private static final class RowFaults {

		private final Consumer<String> next;

		private boolean any;

		private RowFaults(Consumer<String> next) {
			this.next = next;
		}

		private void add(String fault) {
			this.any = true;
			this.next.accept(fault);
		}

	}

}
