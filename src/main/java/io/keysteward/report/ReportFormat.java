package io.keysteward.report;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A format for reports of runs. Content and place are decided elsewhere.
 */
public interface ReportFormat {

	/**
	 * {@return its name in the configuration, in commands and in the tables}
	 */
	String word();

	/**
	 * {@return the title of a report for people, such as {@code workbook}}
	 */
	String title();

	/**
	 * {@return the ending of its files' names, such as {@code .xlsx}}
	 */
	String ending();

	/**
	 * Writes the whole content, or fails.
	 */
	void write(RunContent content, ReportFile file) throws IOException, SQLException;

	/**
	 * Writes an empty report, to check that this Java can.
	 */
	void tryOut(Path file) throws IOException;

	/**
	 * {@return the names of companion files that a report may have in its directory}
	 * @param name the report's own name
	 */
	default List<String> companionNames(String name) {
		return List.of();
	}

	/**
	 * {@return the paths of a report and of its possible companions}
	 */
	default List<Path> files(Path report) {
		return Stream
			.concat(Stream.of(report),
					companionNames(String.valueOf(report.getFileName())).stream().map(report::resolveSibling))
			.toList();
	}

}
