package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The map of the packages as it stands in CONTRIBUTING.
 *
 * @param rows its packages, from top to bottom
 */
record PackageMap(List<Row> rows) {

	/** The package of the application's own class. */
	static final String ROOT = "(root)";

	private static final Pattern ROW = Pattern.compile("\\| `?([\\w.()]+)`? \\| ([^|]+) \\| ([^|]+) \\|");

	private static final String EVERYTHING = "everything";

	static PackageMap read() {
		try (Stream<String> lines = Files.lines(Path.of("CONTRIBUTING.md"))) {
			return new PackageMap(lines.dropWhile((line) -> !line.startsWith("| package `io.keysteward.`"))
				.skip(2)
				.takeWhile((line) -> line.startsWith("|"))
				.map(ROW::matcher)
				.filter(Matcher::matches)
				.map((row) -> new Row(row.group(1), row.group(2), row.group(3)))
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * {@return what may be used by a package}
	 */
	Set<String> allowed(Row row) {
		if (!row.mayUseEverything()) {
			return row.named();
		}
		return this.rows.stream()
			.map(Row::name)
			.filter((name) -> !name.equals(row.name()) && !name.equals(ROOT) && !row.named().contains(name))
			.collect(Collectors.toSet());
	}

	/**
	 * A row of the table.
	 *
	 * @param name the package, below that of the application
	 * @param role what lives there
	 * @param mayUse what it may use, in words
	 */
	record Row(String name, String role, String mayUse) {

		boolean mayUseEverything() {
			return this.mayUse.startsWith(EVERYTHING);
		}

		/**
		 * {@return the packages that it may use, or, of everything, those that it may
		 * not}
		 */
		Set<String> named() {
			String list = this.mayUse.replaceFirst("^everything( but )?", "").replace("the JDK only", "");
			return Arrays.stream(list.split(","))
				.map(String::strip)
				.filter((name) -> !name.isEmpty())
				.collect(Collectors.toSet());
		}

	}

}
