package io.keysteward.source.file;

import java.time.Instant;
import java.util.List;

import io.keysteward.source.ReadFile;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a file, which must not change until the last row is read.
 */
final class ExportReading implements LandedReading {

	private final ExportPlace place;

	private final FoundFile file;

	private final ExportContent content;

	private final ExportText text;

	private final Instant now;

	ExportReading(ExportPlace place, FoundFile file, ExportContent content, ExportText text, Instant now) {
		this.place = place;
		this.file = file;
		this.content = content;
		this.text = text;
		this.now = now;
	}

	@Override
	public Instant snapshotAt() {
		return this.file.modified();
	}

	@Override
	public Instant sourceNow() {
		return this.now;
	}

	@Override
	public ReadFile file() {
		return new ReadFile(this.file.name(), this.content.sha256());
	}

	@Override
	public RowFeed rows(Table table, LandedRows landed) {
		return new Whole(feed(table));
	}

	private RowFeed feed(Table table) {
		String shown = this.place.shown(this.file);
		ExportFormat named = FilesKind.format(table);
		boolean workbook = this.content.isWorkbook(shown);
		if (named != null && workbook != (named == ExportFormat.XLSX)) {
			throw Failure.configuration(shown + ": is " + (workbook ? "an XLSX file" : "no XLSX file") + ", and "
					+ table.where() + ".format is " + named.word() + "; export it as " + named.word()
					+ ((named == ExportFormat.CSV || named == ExportFormat.XLSX) ? ", or leave format out" : ""));
		}
		if (workbook) {
			return XlsxFeed.open(shown, this.file.path(), table);
		}
		return (named == ExportFormat.JSON || named == ExportFormat.JSONL)
				? JsonFeed.open(shown, this.text.reader(null), table, named)
				: CsvFeed.open(shown, this.text, table, named);
	}

	@Override
	public void close() {
		// Each feed closes the file.
	}

	/** Rows that fail at their end if the file has changed. */
	private final class Whole implements RowFeed {

		private final RowFeed rows;

		private Whole(RowFeed rows) {
			this.rows = rows;
		}

		@Override
		public @Nullable List<@Nullable String> next() {
			List<@Nullable String> row = this.rows.next();
			if (row == null) {
				ExportReading.this.place.requireUnchanged(ExportReading.this.file);
			}
			return row;
		}

		@Override
		public void close() {
			this.rows.close();
		}

	}

}
