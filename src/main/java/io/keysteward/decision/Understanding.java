package io.keysteward.decision;

import java.util.List;

import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of a filled workbook. Text of it is untrusted.
 *
 * @param file the file's name, fit to be shown
 * @param sha256 its SHA-256, in hex
 * @param run the run that wrote the workbook
 * @param population the flagged keys of that run
 * @param rows each decision, in the order of the file
 * @param faults a line for each fault; while there is one, nothing is stored
 * @param hidden how many decisions stand in rows that the program hides
 * @param remarks the rows in which something is written, and nothing is decided
 * @param newest the newest run, with which the keys were compared; null: it is the run
 * @param applied when and by whom the file was applied; null: it was not
 */
public record Understanding(String file, String sha256, Run run, long population, List<DecisionRow> rows,
		List<String> faults, long hidden, List<String> remarks, @Nullable Run newest,
		Decisions.@Nullable Applied applied) {

	/**
	 * {@return the decisions that are not stored yet}
	 */
	public List<Decided> unstored() {
		return this.rows.stream().filter((row) -> !row.stored()).map(DecisionRow::decided).toList();
	}

}
