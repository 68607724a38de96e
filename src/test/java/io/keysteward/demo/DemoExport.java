package io.keysteward.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import de.siegmar.fastcsv.writer.CsvWriter;

/**
 * The page with the keys at OceanBase Cloud, which somebody at the company saves as a
 * file before each run.
 */
final class DemoExport {

	/** A file that was changed a moment ago may not be whole yet. */
	private static final Duration BEFORE = Duration.ofHours(2);

	private final DemoServer server;

	private final Path folder;

	/**
	 * An export.
	 * @param directory where the demo writes; the folder {@code exports} in it
	 */
	DemoExport(DemoServer server, Path directory) {
		this.server = server;
		this.folder = directory.resolve("exports");
	}

	/** Saves the page as it was two hours before a run. */
	void save(Instant asOf) {
		Instant saved = asOf.minus(BEFORE);
		Path file = this.folder.resolve("api-key-records-" + saved.atOffset(ZoneOffset.UTC).toLocalDate() + ".csv");
		try {
			Files.createDirectories(this.folder);
			write(file,
					this.server.jdbc(DemoServer.OCEANBASE)
						.sql(DemoCompany.resource("oceanbase/page.sql"))
						.param("instant", saved.atOffset(ZoneOffset.UTC))
						.query()
						.listOfRows());
			Files.setLastModifiedTime(file, FileTime.from(saved));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, List<Map<String, Object>> rows) throws IOException {
		try (CsvWriter csv = CsvWriter.builder().build(file)) {
			csv.writeRecord(rows.get(0).keySet());
			rows.forEach((row) -> csv.writeRecord(row.values().stream().map(String::valueOf).toList()));
		}
	}

}
