package io.keysteward.source.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.xlsx.MergedCells;
import io.keysteward.xlsx.SavedCell;
import io.keysteward.xlsx.SavedRow;
import io.keysteward.xlsx.SavedSheet;
import io.keysteward.xlsx.SavedWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet as texts. A needed cell whose value is not what was exported is a
 * fault.
 */
final class XlsxFeed implements RowFeed {

	private static final String AGAIN = "export it again";

	private final String shown;

	private final SavedWorkbook workbook;

	private final SavedSheet sheet;

	private final Header header;

	private int headerRow;

	private int row;

	private XlsxFeed(String shown, SavedWorkbook workbook, Table table) {
		this.shown = shown;
		this.workbook = workbook;
		this.sheet = workbook.sheet(place(shown, workbook.sheets(), table.yaml().sheet()));
		this.sheet.whenMerged(this::requireNotMerged);
		List<@Nullable String> first = fields();
		this.headerRow = this.row;
		this.header = Header.of(shown, table, (first != null)
				? first.stream().map((name) -> Objects.requireNonNullElse(name, "")).toList() : List.of());
		this.sheet.limitTo(this.header::isNeeded);
	}

	/**
	 * {@return the rows of a file}
	 * @param shown its name in messages
	 */
	static XlsxFeed open(String shown, Path path, Table table) {
		SavedWorkbook workbook = SavedWorkbook.open(shown, path, AGAIN);
		try {
			return new XlsxFeed(shown, workbook, table);
		}
		catch (RuntimeException ex) {
			workbook.close();
			throw ex;
		}
	}

	private static int place(String shown, List<String> sheets, @Nullable String wanted) {
		int place = (wanted != null) ? sheets.indexOf(wanted) : 0;
		if (place >= 0 && place < sheets.size()) {
			return place;
		}
		throw Failure.configuration(shown + ": has no sheet " + ((wanted != null) ? "'" + SafeText.visible(wanted)
				+ "'; it has "
				+ sheets.stream().map((name) -> "'" + SafeText.visible(name) + "'").collect(Collectors.joining(", "))
				: "at all; " + AGAIN));
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		List<@Nullable String> fields = fields();
		return (fields != null) ? this.header.row(fields, this.row) : null;
	}

	/**
	 * {@return the next row that is not blank; null: there are no more}
	 */
	private @Nullable List<@Nullable String> fields() {
		for (SavedRow next = this.sheet.next(); next != null; next = this.sheet.next()) {
			this.row = next.number();
			List<@Nullable String> fields = fields(next);
			if (fields.stream().anyMatch((field) -> field != null && !Header.stripped(field).isEmpty())) {
				return fields;
			}
		}
		return null;
	}

	private List<@Nullable String> fields(SavedRow row) {
		List<@Nullable String> fields = new ArrayList<>(row.cells().size());
		for (int column = 0; column < row.cells().size(); column++) {
			SavedCell cell = row.cells().get(column);
			fields.add((cell != null) ? field(row, column, cell) : null);
		}
		return fields;
	}

	private String field(SavedRow row, int column, SavedCell cell) {
		return switch (cell.kind()) {
			case TEXT, NUMBER, TIME, BOOLEAN -> cell.text();
			case ERROR -> throw fault(row, column, "is an error, not a value; correct it, and export the file again");
			case UNCOMPUTED ->
				throw fault(row, column, "is a formula without a computed value; open the file in Excel and save it");
			case NO_TIME -> throw fault(row, column, "is not a valid time; correct it, and export the file again");
			case ROUNDED -> throw fault(row, column,
					"is a number of more than 15 digits, which Excel has rounded; export the file with"
							+ " that column as text");
		};
	}

	private Failure fault(SavedRow row, int column, String problem) {
		return Failure.configuration(this.shown + ": cell " + row.place(column) + " " + problem);
	}

	private void requireNotMerged(MergedCells cells) {
		if (cells.touches(this.headerRow)) {
			throw Failure.configuration(this.shown + ": the cells " + SafeText.visible(cells.reference())
					+ " of the header are merged, so columns cannot be told apart; unmerge them");
		}
	}

	@Override
	public void close() {
		this.sheet.close();
		this.workbook.close();
	}

}
