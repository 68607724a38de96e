package io.keysteward.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.xlsx.SavedCell;
import io.keysteward.xlsx.SavedRow;
import io.keysteward.xlsx.SavedSheet;
import io.keysteward.xlsx.SavedWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A report's workbook that somebody has filled in: its sheet {@code Findings}, of which
 * columns are found by their headers, wherever they are.
 */
final class FilledForm {

	private static final String ADVICE = "save it as Excel Workbook (.xlsx)";

	/** A workbook of very many keys has several. */
	private static final Pattern SHEET = Pattern
		.compile(FindingsForm.SHEET.toLowerCase(Locale.ROOT) + "( [1-9][0-9]{0,2})?");

	/** A million rows of a report take half of it. */
	private static final int MOST_MEGABYTES = 256;

	private final String shown;

	private final Path file;

	private boolean since1904;

	FilledForm(Path file) {
		this.file = file;
		this.shown = SafeText.visible(String.valueOf(file.getFileName()));
	}

	/**
	 * {@return whether its numbers count days since 1904}
	 */
	boolean since1904() {
		return this.since1904;
	}

	/**
	 * Passes on each row that has a mark or a decision, in the order of the file.
	 * @throws Failure where the file is not a filled report, in one line
	 */
	void each(Consumer<FormRow> rows) {
		requireNotTooLarge();
		try (SavedWorkbook workbook = SavedWorkbook.open(this.shown, this.file, ADVICE)) {
			workbook.requireNoCode();
			this.since1904 = workbook.since1904();
			for (int sheet : sheets(workbook.sheets())) {
				try (SavedSheet saved = workbook.sheet(sheet)) {
					read(saved, sheet, workbook.sheets().get(sheet).strip(), rows);
				}
			}
		}
	}

	private void requireNotTooLarge() {
		try {
			long megabytes = Files.size(this.file) >> 20;
			if (megabytes > MOST_MEGABYTES) {
				throw refused("has " + megabytes + " MB, and up to " + MOST_MEGABYTES
						+ " are read; delete the sheet All keys, which is not needed");
			}
		}
		catch (IOException ex) {
			throw refused("cannot be read: " + ex.getClass().getSimpleName());
		}
	}

	private List<Integer> sheets(List<String> names) {
		List<Integer> wanted = new ArrayList<>();
		Set<String> found = new HashSet<>();
		for (int sheet = 0; sheet < names.size(); sheet++) {
			String name = names.get(sheet).strip().toLowerCase(Locale.ROOT);
			if (SHEET.matcher(name).matches()) {
				wanted.add(sheet);
				if (!found.add(name)) {
					throw refused("has two sheets '" + FindingsForm.SHEET + "'; delete the one that is not meant");
				}
			}
		}
		if (!found.contains(FindingsForm.SHEET.toLowerCase(Locale.ROOT))) {
			throw refused("has no sheet '" + FindingsForm.SHEET
					+ "'; take the workbook of a run, with its sheets named as" + " they were");
		}
		return wanted;
	}

	private void read(SavedSheet sheet, int number, String name, Consumer<FormRow> rows) {
		SavedRow header = sheet.next();
		if (header == null) {
			throw refused("sheet '" + SafeText.visible(name) + "' is empty");
		}
		Columns columns = new Columns(header);
		boolean first = name.equalsIgnoreCase(FindingsForm.SHEET);
		for (SavedRow row = sheet.next(); row != null; row = sheet.next()) {
			String words = (first ? "" : SafeText.visible(name) + ", ") + "row " + row.number();
			FormRow read = columns.row(row, new Place(number, row.number(), words));
			if (!read.mark().isEmpty() || read.answers().isDecision()) {
				rows.accept(read);
			}
		}
	}

	private Failure refused(String why) {
		return Failure.configuration(this.shown + ": " + why);
	}

	/** Where a sheet has each column. */
	private final class Columns {

		private final Map<String, Integer> places = new HashMap<>();

		private final List<Integer> evidence;

		private Columns(SavedRow header) {
			Set<String> twice = new HashSet<>();
			for (int column = 0; column < header.cells().size(); column++) {
				SavedCell cell = header.cells().get(column);
				if (cell != null && this.places.putIfAbsent(folded(cell.text()), column) != null) {
					twice.add(folded(cell.text()));
				}
			}
			List<String> needed = new ArrayList<>(FindingsForm.evidence());
			needed.addAll(List.of(FindingsForm.DECISION, FindingsForm.UNTIL, FindingsForm.NEW_OWNER,
					FindingsForm.REASON, FindingsForm.DECIDED_BY, FindingsForm.ROW));
			for (String column : needed) {
				if (!this.places.containsKey(folded(column))) {
					throw refused("the column '" + column + "' is missing in row " + header.number()
							+ ", which must be the header; put it back, with its cells, from the report");
				}
				if (twice.contains(folded(column))) {
					throw refused("has two columns '" + column + "'; rename the one that was added");
				}
			}
			this.evidence = FindingsForm.evidence().stream().map(this::place).toList();
		}

		private FormRow row(SavedRow row, Place place) {
			FormRow.Answers answers = new FormRow.Answers(cell(row, FindingsForm.DECISION),
					cell(row, FindingsForm.UNTIL), cell(row, FindingsForm.NEW_OWNER), cell(row, FindingsForm.REASON),
					cell(row, FindingsForm.DECIDED_BY));
			return new FormRow(place, row.hidden(), text(cell(row, FindingsForm.ROW)).strip(),
					this.evidence.stream().map((column) -> text(cell(row, column))).toList(), answers);
		}

		private @Nullable SavedCell cell(SavedRow row, String header) {
			return cell(row, place(header));
		}

		private @Nullable SavedCell cell(SavedRow row, int column) {
			return (column < row.cells().size()) ? row.cells().get(column) : null;
		}

		private int place(String header) {
			return this.places.getOrDefault(folded(header), -1);
		}

		private static String text(@Nullable SavedCell cell) {
			// Whatever it computed, nobody knows what it shows tomorrow.
			return (cell == null) ? "" : cell.formula() ? "(a formula)" : cell.text();
		}

		private static String folded(String header) {
			return header.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
		}

	}

}
