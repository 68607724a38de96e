package io.keysteward.report;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Settings under {@code keysteward.report}.
 *
 * @param directory where reports are written; null: {@code reports}
 * @param maxInventoryRows above so many keys the inventory is a CSV file beside the
 * workbook; null: 500 000
 * @param maxSheetRows rows of a sheet before it rolls over; null: Excel's own limit
 * @param keep how long a report is kept, or {@code never} is one removed; null: 400 days
 * @param formats in which formats every run is reported; null: as a workbook
 */
public record ReportSettings(@Nullable String directory, @Nullable Integer maxInventoryRows,
		@Nullable Integer maxSheetRows, @Nullable String keep, @Nullable List<String> formats) {

	/** Nothing written. */
	public static final ReportSettings EMPTY = new ReportSettings(null, null, null, null, null);

	private static final String NEVER = "never";

	private static final Duration DEFAULT = Duration.ofDays(400);

	private static final Duration LONGEST = Duration.ofDays(36_500);

	public ReportSettings {
		if (directory != null && !names(directory)) {
			throw Failure.configuration("keysteward.report.directory: '" + SafeText.visible(directory)
					+ "' is not allowed; name a directory, such as reports, or leave the property out");
		}
		if (keep != null && !keep.equals(NEVER)) {
			parse(keep);
		}
	}

	/**
	 * An empty name, such as a variable without a value has, would be the working
	 * directory.
	 */
	private static boolean names(String directory) {
		try {
			return !Path.of(directory).toString().isBlank();
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	/**
	 * {@return how long a report is kept; null: for ever}
	 */
	@Nullable Duration kept() {
		return (this.keep == null) ? DEFAULT : this.keep.equals(NEVER) ? null : parse(this.keep);
	}

	private static Duration parse(String keep) {
		try {
			Duration kept = DurationStyle.detectAndParse(keep);
			if (kept.toDays() >= 1 && kept.compareTo(LONGEST) <= 0 && kept.equals(Duration.ofDays(kept.toDays()))) {
				return kept;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// It is said below what is allowed.
		}
		throw Failure.configuration("keysteward.report.keep: '" + SafeText.visible(keep)
				+ "' is not allowed; write whole days from 1d to 36500d, such as 400d, or never, to remove none");
	}

}
