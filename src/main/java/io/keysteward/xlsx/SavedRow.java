package io.keysteward.xlsx;

import java.util.List;

import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * A row of a sheet.
 *
 * @param number its number, as people see it: the first row is 1
 * @param hidden whether people do not see it
 * @param cells by column, from column A on; null: nothing
 */
public record SavedRow(int number, boolean hidden, List<@Nullable SavedCell> cells) {

	/**
	 * {@return the place of a cell of this row, such as B7}
	 */
	public String place(int column) {
		return new CellReference(this.number - 1, column).formatAsString();
	}

}
