package io.keysteward.decision;

import java.util.HashMap;
import java.util.Map;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.key.KeyId;
import io.keysteward.report.workbook.RowMark;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of a filled workbook against what its run has found.
 */
final class EvidenceCheck {

	/**
	 * So many rows with edited cells are named; of more it is said how many there are.
	 */
	private static final int MOST_EDITED = 1000;

	private final FilledForm form;

	private final FormRows rows;

	private final boolean compared;

	/** The flagged keys of the decisions, by their marks. */
	private final Map<String, FlaggedRow> keys = new HashMap<>();

	/** What the report has of rows whose evidence is another one, by their marks. */
	private final Map<String, Evidence> others = new HashMap<>();

	private long more;

	/**
	 * Prepares to compare.
	 * @param compared whether a later run is compared, too
	 */
	EvidenceCheck(FilledForm form, FormRows rows, boolean compared) {
		this.form = form;
		this.rows = rows;
		this.compared = compared;
	}

	/** What stands for a key in the marks of rows. */
	static String mark(FlaggedKey key) {
		return RowMark.keyMark(new KeyId(key.source(), key.keyId()));
	}

	/**
	 * Compares a key that the run has flagged with its row, if there is one.
	 */
	void compare(FlaggedKey key) {
		String mark = mark(key);
		String digest = this.rows.digest(mark);
		if (digest == null) {
			return;
		}
		Evidence report = Evidence.of(key);
		if (this.rows.decided().containsKey(mark)) {
			this.keys.put(mark, FlaggedRow.of(key, this.compared ? report : null));
		}
		if (!report.digest().equals(digest)) {
			if (this.others.size() < MOST_EDITED) {
				this.others.put(mark, report);
			}
			else {
				this.more++;
			}
		}
	}

	/**
	 * {@return the keys of the decisions, by their marks}
	 */
	Map<String, FlaggedRow> keys() {
		return this.keys;
	}

	/**
	 * {@return the key of a decision as the run has flagged it; null: it has not}
	 */
	@Nullable FlaggedRow key(String mark) {
		return this.keys.get(mark);
	}

	/**
	 * Adds a fault for each edited cell; reads the file again only where there is one.
	 */
	void addEdited(Faults faults) {
		if (this.others.isEmpty()) {
			return;
		}
		this.form.each((row) -> {
			Evidence report = RowMark.parse(row.mark())
				.filter((mark) -> mark.isOfSameRun(this.rows.mark()))
				.map((mark) -> this.others.get(mark.key()))
				.orElse(null);
			if (report != null) {
				new Evidence(row.evidence()).withTimes(report, this.form.since1904())
					.edited(report)
					.forEach((line) -> faults.add(row.place(), line));
			}
		});
		faults.addEdited(this.more);
	}

}
