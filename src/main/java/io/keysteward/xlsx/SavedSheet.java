package io.keysteward.xlsx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

import javax.xml.stream.XMLStreamException;

import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet, read once, from top to bottom.
 */
public final class SavedSheet implements AutoCloseable {

	/**
	 * In characters; cells can share a text, so that a small row would fill the memory.
	 */
	private static final int LONGEST_ROW = 2 * PartReader.LONGEST;

	private final WorkbookFaults faults;

	private final PartReader xml;

	private final CellReader cells;

	private IntPredicate needed = (column) -> true;

	private Consumer<MergedCells> merged = (area) -> {
	};

	private int row;

	SavedSheet(WorkbookFaults faults, PartReader xml, CellReader cells) {
		this.faults = faults;
		this.xml = xml;
		this.cells = cells;
	}

	/**
	 * Skips the cells of all other columns, whatever they hold.
	 * @param columns which columns are read from now on; A is 0
	 */
	public void limitTo(IntPredicate columns) {
		this.needed = columns;
	}

	/**
	 * Passes on which cells are merged. A sheet has that after its rows: it is complete
	 * when there are no more rows.
	 */
	public void whenMerged(Consumer<MergedCells> areas) {
		this.merged = areas;
	}

	/**
	 * {@return the next row that has any cell with content; null: there are no more}
	 * @throws io.keysteward.text.Failure if the file is damaged
	 */
	public @Nullable SavedRow next() {
		try {
			while (this.xml.nextElement()) {
				switch (this.xml.name()) {
					case "row" -> {
						SavedRow next = row();
						if (next.cells().stream().anyMatch(Objects::nonNull)) {
							return next;
						}
					}
					case "mergeCell" ->
						this.merged.accept(MergedCells.of(Objects.requireNonNull(this.xml.attribute("ref"))));
					default -> {
					}
				}
			}
			return null;
		}
		catch (XMLStreamException | RuntimeException ex) {
			throw this.faults.of(ex);
		}
	}

	private SavedRow row() throws XMLStreamException {
		String number = this.xml.attribute("r");
		int next = (number != null) ? Integer.parseInt(number) : this.row + 1;
		if (next <= this.row || next > SpreadsheetVersion.EXCEL2007.getMaxRows()) {
			throw this.faults.damaged();
		}
		this.row = next;
		boolean hidden = this.xml.isTrue("hidden");
		List<@Nullable SavedCell> row = new ArrayList<>();
		int length = 0;
		while (this.xml.nextElementIn("row")) {
			if (!this.xml.name().equals("c")) {
				this.xml.skip();
				continue;
			}
			int column = column(row);
			SavedCell cell = null;
			if (this.needed.test(column)) {
				cell = this.cells.read(this.xml, this.row, column);
			}
			else {
				this.xml.skip();
			}
			length += (cell != null) ? cell.text().length() : 0;
			if (length > LONGEST_ROW) {
				throw this.faults.problem("row " + this.row + " has texts of more than 20 MB; " + this.faults.advice());
			}
			row.add(cell);
		}
		return new SavedRow(this.row, hidden, Collections.unmodifiableList(row));
	}

	/**
	 * {@return the column of the cell that has just started, up to which the row is
	 * filled with nothing}
	 */
	private int column(List<@Nullable SavedCell> row) {
		String reference = this.xml.attribute("r");
		int column = (reference != null) ? new CellReference(reference).getCol() : row.size();
		// Beyond the last column a place would fill the memory; one place has one cell.
		if (column < row.size() || column > SpreadsheetVersion.EXCEL2007.getLastColumnIndex()) {
			throw this.faults.damaged();
		}
		while (row.size() < column) {
			row.add(null);
		}
		return column;
	}

	@Override
	public void close() {
		this.xml.close();
	}

}
