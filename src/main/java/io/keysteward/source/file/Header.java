package io.keysteward.source.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The first row of an export, with the place of each column of a table.
 */
final class Header {

	/** The most headers that a message lists. */
	private static final int MAX_SHOWN = 30;

	private static final int LONGEST_FIELD = 10_000_000;

	private final String shown;

	/** By column; -1: a missing optional column. */
	private final int[] places;

	private Header(String shown, int[] places) {
		this.shown = shown;
		this.places = places;
	}

	/**
	 * {@return the header}
	 * @param shown the name of the file in messages
	 * @param names the fields of the first row
	 */
	static Header of(String shown, Table table, List<String> names) {
		List<String> headers = names.stream().map(Header::stripped).toList();
		Set<String> seen = new HashSet<>();
		for (String header : headers) {
			if (!header.isEmpty() && !seen.add(header)) {
				throw Failure.configuration(shown + ": has the header '" + SafeText.visible(header)
						+ "' twice, so it is unknown which is meant; export it with each header once");
			}
		}
		int[] places = new int[table.columns().size()];
		for (int i = 0; i < places.length; i++) {
			Table.Column column = table.columns().get(i);
			places[i] = headers.indexOf(stripped(column.at()));
			if (places[i] < 0 && !table.optional().contains(column.name())) {
				throw missing(shown, column.at(), seen);
			}
		}
		return new Header(shown, places);
	}

	private static Failure missing(String shown, String header, Set<String> headers) {
		Optional<String> near = NearestWord.to(header, headers).filter((word) -> !word.isBlank());
		String there = headers.stream()
			.sorted()
			.limit(MAX_SHOWN)
			.map((name) -> "'" + SafeText.visible(name) + "'")
			.collect(Collectors.joining(", "));
		return Failure.configuration(shown + ": has no header '" + SafeText.visible(header) + "'; "
				+ near.map((word) -> "did you mean '" + SafeText.visible(word) + "'? ").orElse("")
				+ (headers.isEmpty() ? "its first row is blank" : "it has " + there));
	}

	/**
	 * {@return how many of a table's columns are among these headers}
	 */
	static long matches(Table table, List<String> names) {
		Set<String> headers = names.stream().map(Header::stripped).collect(Collectors.toSet());
		return table.columns().stream().filter((column) -> headers.contains(stripped(column.at()))).count();
	}

	/**
	 * {@return whether a column of the table is at this place}
	 */
	boolean isNeeded(int place) {
		for (int wanted : this.places) {
			if (wanted == place) {
				return true;
			}
		}
		return false;
	}

	/**
	 * {@return the values of a row}
	 * @param fields all fields of the row
	 * @param line the row's number, for messages
	 */
	List<@Nullable String> row(List<@Nullable String> fields, long line) {
		List<@Nullable String> values = new ArrayList<>(this.places.length);
		for (int place : this.places) {
			values.add((place < 0) ? RowFeed.ABSENT : (place < fields.size()) ? value(fields.get(place), line) : null);
		}
		return values;
	}

	/** A blank field is null, since a file cannot express null otherwise. */
	private @Nullable String value(@Nullable String field, long line) {
		if (field == null) {
			return null;
		}
		if (field.length() > LONGEST_FIELD) {
			throw tooLarge(this.shown, line);
		}
		String value = stripped(field);
		return value.isEmpty() ? null : value;
	}

	static Failure tooLarge(String shown, long line) {
		return Failure.configuration(shown + ": line " + line
				+ " has a field of more than 10 MB, too large for a key's record; check whether it is the right file");
	}

	/** Text copied from a web page may have other blanks around it. */
	static String stripped(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isBlank(text.charAt(from))) {
			from++;
		}
		while (to > from && isBlank(text.charAt(to - 1))) {
			to--;
		}
		return text.substring(from, to);
	}

	private static boolean isBlank(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF'
				|| character == '\u200B';
	}

}
