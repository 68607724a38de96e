package io.keysteward.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.report.workbook.RowMark;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a filled workbook: those with a decision whole, of the others only what
 * shows whether they were edited.
 */
final class FormRows {

	private final String shown;

	/** By what stands for their keys, a digest of each row's evidence. */
	private final Map<String, String> digests = new HashMap<>();

	/** By the same, in the order of the file. */
	private final Map<String, FormRow> decided = new LinkedHashMap<>();

	private final Faults faults = new Faults();

	private @Nullable RowMark first;

	private @Nullable FormRow last;

	private long hidden;

	private final List<Place> remarks = new ArrayList<>();

	private FormRows(String shown) {
		this.shown = shown;
	}

	/**
	 * {@return the rows of a workbook}
	 * @param shown its name in messages
	 */
	static FormRows read(String shown, FilledForm form) {
		FormRows rows = new FormRows(shown);
		form.each(rows::add);
		return rows;
	}

	private void add(FormRow row) {
		boolean decides = row.answers().isDecision();
		RowMark mark = RowMark.parse(row.mark()).orElse(null);
		if (mark == null) {
			if (decides) {
				this.faults.add(row.place(), "the hidden cell Row " + (row.mark().isEmpty() ? "is empty" : "was edited")
						+ ", so that nobody knows which key it is about; copy the whole row from the report");
			}
			return;
		}
		RowMark one = this.first;
		if (one == null) {
			this.first = mark;
		}
		else if (!mark.isOfSameRun(one)) {
			if (decides) {
				this.faults.add(row.place(),
						"is a row of run " + SafeText.shortened(mark.runKey())
								+ ", and the first row of the file is of run " + SafeText.shortened(one.runKey())
								+ "; decide in a workbook of one run");
			}
			return;
		}
		keep(row, mark.key(), decides);
	}

	private void keep(FormRow row, String key, boolean decides) {
		if (this.digests.putIfAbsent(key, new Evidence(row.evidence()).digest()) != null) {
			FormRow first = this.decided.get(key);
			if (decides || first != null) {
				this.faults.add(row.place(),
						"shows the same key as " + ((first != null) ? first.place() : "another row")
								+ ", and one of them has a decision; delete one of the rows");
			}
			return;
		}
		if (decides) {
			FormRow answered = row.answered(this.last);
			this.decided.put(key, answered);
			this.last = answered;
			this.hidden += row.hidden() ? 1 : 0;
		}
		else if (row.answers().isRemark()) {
			this.remarks.add(row.place());
		}
	}

	/**
	 * {@return a mark of the file, whose rows of another run are not taken}
	 * @throws Failure where it has none
	 */
	RowMark mark() {
		if (this.first == null) {
			throw Failure
				.configuration(this.shown + ": has no row of a report: the hidden column Row is empty; take the"
						+ " workbook that a run has written");
		}
		return this.first;
	}

	Map<String, FormRow> decided() {
		return this.decided;
	}

	/**
	 * {@return a digest of the evidence of a key's row; null: it has no row}
	 */
	@Nullable String digest(String key) {
		return this.digests.get(key);
	}

	/**
	 * {@return what is wrong with the rows so far}
	 */
	Faults faults() {
		return this.faults;
	}

	/**
	 * {@return how many decisions stand in rows that the program hides}
	 */
	long hidden() {
		return this.hidden;
	}

	/**
	 * {@return the rows in which somebody has written something, and decided nothing}
	 */
	List<Place> remarks() {
		return this.remarks;
	}

}
