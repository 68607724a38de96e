package io.keysteward.report;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.keysteward.run.Run;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to write one cell of a large table, compressed and all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RowsBenchmark {

	/** Above a hundred thousand the file is compressed less. */
	private static final int ROWS = 110_000;

	private static final int CELLS = 12;

	private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	private static final Run RUN = new Run(1, "bench", AS_OF, RunMode.REPORT, "CLI", "ada", "0".repeat(64),
			StoredRuns.POLICY, null, List.of(), List.of(), false, null, RunStatus.RUNNING, AS_OF, null, null, null, null,
			null);

	private static final List<Column<Integer>> COLUMNS = List.of(
			new Column<>("Key id", Content.ID, (row) -> "ak_" + row), text("Name", Content.NAME, "prod-invoice-export-"),
			text("Masked key", Content.TEXT, "sk-a****9xQ2 "), text("Project", Content.NAME, "billing "),
			text("Owner", Content.NAME, "Owner Number "), text("Owner email", Content.NAME, "owner@example.com "),
			new Column<>("Created", Content.DATE, (row) -> AS_OF.minusSeconds(row * 61L)),
			new Column<>("Last used", Content.DATE, (row) -> AS_OF.minusSeconds(row * 13L)),
			new Column<>("Idle days", Content.NUMBER, (row) -> row % 200), text("Findings", Content.NAME, "IDLE "),
			new Column<>("Level", Content.LEVEL, (row) -> "VIOLATION"),
			text("Reasons", Content.LONG_TEXT, "Last used on 2026-05-11, 196 days ago; the threshold is 90 days. "));

	@Benchmark
	@OperationsPerInvocation(ROWS * CELLS)
	public void written() throws IOException, SQLException {
		try (Book book = new Book(RUN, 1_000_000)) {
			book.add(new TableSheet<>("Findings", COLUMNS, ROWS, (table) -> {
				for (int row = 0; row < ROWS; row++) {
					table.add(row);
				}
			}));
			book.writeTo(OutputStream.nullOutputStream());
		}
	}

	private static Column<Integer> text(String title, Content content, String text) {
		return new Column<>(title, content, (row) -> text + row);
	}

}
