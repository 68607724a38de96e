package io.keysteward.report;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A format in which runs are reported. What there is to report, and where it goes, is
 * decided elsewhere.
 */
public interface ReportFormat {

	/**
	 * {@return its word in the configuration, in commands and in the tables}
	 */
	String word();

	/**
	 * {@return what people call a report of this format, such as {@code workbook}}
	 */
	String title();

	/**
	 * {@return how the names of its files end, such as {@code .xlsx}}
	 */
	String ending();

	/**
	 * Writes all that there is to report, or fails.
	 */
	void write(RunContent content, ReportFile file) throws IOException, SQLException;

	/**
	 * Writes a report of nothing, by which is found out whether this Java can make one.
	 */
	void tryOut(Path file) throws IOException;

	/**
	 * {@return the names of files that may lie beside a report, and belong to it}
	 * @param name the report's own name
	 */
	default List<String> besideNames(String name) {
		return List.of();
	}

	/**
	 * {@return where a report is, and where what belongs to it may be}
	 */
	default List<Path> files(Path report) {
		return Stream
			.concat(Stream.of(report),
					besideNames(String.valueOf(report.getFileName())).stream().map(report::resolveSibling))
			.toList();
	}

}
