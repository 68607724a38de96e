package io.keysteward.source.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;

/**
 * The only statement of a file in a foreign database's dialect. Quoted texts and comments
 * are ignored; a second statement is refused.
 *
 * @param file as messages name it
 * @param sql with a question mark for each parameter
 * @param parameters their names, in their order
 * @param compared the parameters after the first {@code WHERE}; without one, all
 */
record StatementText(String file, String sql, List<String> parameters, List<String> compared) {

	private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z_]\\w*)");

	private static final Pattern WHERE = Pattern.compile("(?i)\\bwhere\\b");

	/**
	 * {@return the statement in a file's text, without its semicolon and anything after
	 * it}
	 * @param quoted the pattern of quoted texts and comments
	 */
	static StatementText of(String file, String text, Pattern quoted) {
		String visible = blankOut(text, quoted);
		if (visible.replace(';', ' ').isBlank()) {
			throw Failure.configuration(file + ": is empty; write one statement");
		}
		int semicolon = visible.indexOf(';');
		if (semicolon >= 0 && !visible.substring(semicolon).replace(';', ' ').isBlank()) {
			throw Failure.configuration(file + ": line " + line(text, semicolon)
					+ " ends a first statement and another follows; only one statement is allowed");
		}
		int end = (semicolon < 0) ? text.length() : semicolon;
		return of(file, text.substring(0, end), visible.substring(0, end));
	}

	private static StatementText of(String file, String text, String visible) {
		if (visible.indexOf('?') >= 0) {
			throw Failure.configuration(file + ": line " + line(text, visible.indexOf('?'))
					+ " has a question mark, which has no value; write :name");
		}
		Matcher where = WHERE.matcher(visible);
		int compared = where.find() ? where.end() : 0;
		StringBuilder sql = new StringBuilder();
		List<String> all = new ArrayList<>();
		List<String> after = new ArrayList<>();
		int from = 0;
		Matcher parameter = PARAMETER.matcher(visible);
		while (parameter.find()) {
			sql.append(text, from, parameter.start()).append('?');
			from = parameter.end();
			all.add(parameter.group(1));
			if (parameter.start() >= compared) {
				after.add(parameter.group(1));
			}
		}
		sql.append(text.substring(from));
		return new StatementText(file, sql.toString(), List.copyOf(all), List.copyOf(after));
	}

	/**
	 * {@return a text of the same length, with spaces for comments and x for quoted
	 * texts}
	 */
	private static String blankOut(String text, Pattern quoted) {
		StringBuilder visible = new StringBuilder(text);
		Matcher hidden = quoted.matcher(text);
		while (hidden.find()) {
			boolean comment = text.startsWith("--", hidden.start()) || text.startsWith("#", hidden.start())
					|| text.startsWith("/*", hidden.start());
			visible.replace(hidden.start(), hidden.end(), (comment ? " " : "x").repeat(hidden.end() - hidden.start()));
		}
		return visible.toString();
	}

	/** The number of a character's line, from 1. */
	private static long line(String text, int offset) {
		return 1 + text.substring(0, offset).chars().filter((character) -> character == '\n').count();
	}

}
