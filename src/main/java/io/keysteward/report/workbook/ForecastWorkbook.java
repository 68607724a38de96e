package io.keysteward.report.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.keysteward.insight.Forecast;
import io.keysteward.insight.ForecastKey;
import io.keysteward.insight.ForecastStep;
import io.keysteward.insight.ForecastStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A forecast as a workbook: the sheet Forecast with its charts, what each night does for
 * whom, and the nights of every key.
 */
public final class ForecastWorkbook {

	private static final List<Column<OwnersNight>> NIGHTS = List.of(
			new Column<>("Night (UTC)", CellFormat.WORD, (row) -> row.day().toString()),
			new Column<>("Source", CellFormat.TEXT, OwnersNight::source),
			new Column<>("Mail to", CellFormat.LONG_TEXT, OwnersNight::owner),
			new Column<>("Warned", CellFormat.NUMBER, (row) -> row.counts().warned()),
			new Column<>("Last warnings", CellFormat.NUMBER, (row) -> row.counts().last()),
			new Column<>("Disabled", CellFormat.NUMBER, (row) -> row.counts().disabled()));

	private static final List<Column<ForecastKey>> KEYS = List.of(
			new Column<>("Source", CellFormat.TEXT, (row) -> row.key().source()),
			new Column<>("Key id", CellFormat.ID, (row) -> row.key().id()),
			new Column<>("Name", CellFormat.NAME, ForecastKey::name),
			new Column<>("Masked key", CellFormat.TEXT, ForecastKey::maskedKey),
			new Column<>("Project", CellFormat.NAME, ForecastKey::project),
			new Column<>("Owner", CellFormat.NAME, ForecastKey::owner),
			new Column<>("Mail to", CellFormat.NAME, ForecastKey::mailed),
			new Column<>("Warned", CellFormat.WORD, night(Kind.WARNING)),
			new Column<>("Last warning", CellFormat.WORD, night(Kind.FINAL)),
			new Column<>("Disabled", CellFormat.WORD, night(Kind.DISABLED)),
			new Column<>("After the last night", CellFormat.LONG_TEXT, ForecastKey::end),
			new Column<>("All nights", CellFormat.LONG_TEXT, ForecastKey::history));

	private final int rowsPerSheet;

	/**
	 * A workbook.
	 * @param rowsPerSheet the most rows of a sheet
	 */
	public ForecastWorkbook(int rowsPerSheet) {
		this.rowsPerSheet = rowsPerSheet;
	}

	/** Writes the workbook. */
	public void write(Forecast forecast, Path file) throws IOException {
		List<ForecastStep> steps = forecast.steps();
		try (WorkbookBuilder book = new WorkbookBuilder("Forecast of the coming nights", forecast.inventory().key(),
				forecast.madeAt(), this.rowsPerSheet)) {
			new ForecastSheet(forecast, counts(steps, (step) -> step.key().source()),
					counts(steps, ForecastStep::owner))
				.write(book);
			add(book, "Nights", NIGHTS, nights(steps));
			add(book, "Keys", KEYS, forecast.keys());
			book.save(file);
		}
	}

	private static <T> void add(WorkbookBuilder book, String title, List<Column<T>> columns, List<T> rows) {
		book.add(new TableSheet<>(title, columns, rows.size(), (table) -> rows.forEach(table::add)));
	}

	private static List<OwnersNight> nights(List<ForecastStep> steps) {
		Map<String, OwnersNight> nights = new TreeMap<>();
		steps.forEach((step) -> nights.merge(step.day() + "\n" + step.key().source() + "\n" + step.owner(),
				OwnersNight.of(step), OwnersNight::plus));
		return List.copyOf(nights.values());
	}

	private static Map<String, ForecastSheet.Counts> counts(List<ForecastStep> steps,
			Function<ForecastStep, String> group) {
		Map<String, ForecastSheet.Counts> counts = new TreeMap<>();
		steps.forEach(
				(step) -> counts.merge(group.apply(step), ForecastSheet.Counts.of(step), ForecastSheet.Counts::plus));
		return counts;
	}

	private static Column.Value<ForecastKey> night(Kind kind) {
		return (row) -> Stream.ofNullable(row.night(kind)).map(LocalDate::toString).findFirst().orElse(null);
	}

	/**
	 * What a night does with the keys of a source whose mails go to the same people.
	 */
	private record OwnersNight(LocalDate day, String source, @Nullable String owner, ForecastSheet.Counts counts) {

		static OwnersNight of(ForecastStep step) {
			return new OwnersNight(step.day(), step.key().source(), step.owner(), ForecastSheet.Counts.of(step));
		}

		OwnersNight plus(OwnersNight other) {
			return new OwnersNight(this.day, this.source, this.owner, this.counts.plus(other.counts));
		}

	}

}
