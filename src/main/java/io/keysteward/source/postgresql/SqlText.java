package io.keysteward.source.postgresql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;

/**
 * Extracts the only statement of a file. It understands quotes, comments and a trailing
 * semicolon, and refuses a second statement.
 */
final class SqlText {

	/**
	 * Everything that may contain a semicolon; an unterminated one runs to the end, where
	 * PostgreSQL reports it.
	 */
	private static final Pattern HIDING = Pattern
		.compile("(?s)--[^\\n]*|/\\*.*|\\b[eE]'(?:[^'\\\\]|\\\\.)*+'?|'[^']*+'?|\"[^\"]*+\"?"
				+ "|(?<![\\w$])\\$(?<tag>(?:[\\p{L}_][\\p{L}\\p{N}_]*)?)\\$.*?(?:\\$\\k<tag>\\$|\\z)");

	private SqlText() {
	}

	/**
	 * {@return the statement without the semicolon and the rest}
	 * @param file the file for messages
	 * @param text the file's content
	 */
	static String single(String file, String text) {
		String visible = blankOut(text);
		if (visible.replace(';', ' ').isBlank()) {
			throw Failure.configuration(file + ": is empty; write one statement");
		}
		int semicolon = visible.indexOf(';');
		if (semicolon < 0) {
			return text;
		}
		if (!visible.substring(semicolon).replace(';', ' ').isBlank()) {
			throw Failure.configuration(file + ": line " + line(text, semicolon)
					+ " ends a first statement and another follows; only one statement is allowed");
		}
		return text.substring(0, semicolon);
	}

	/**
	 * {@return the number, from 1, of the line of a character}
	 */
	static long line(String text, int offset) {
		return 1 + text.substring(0, offset).chars().filter((character) -> character == '\n').count();
	}

	/**
	 * {@return a text of the same length with spaces for comments and x for quoted texts}
	 */
	private static String blankOut(String text) {
		StringBuilder visible = new StringBuilder(text);
		Matcher matcher = HIDING.matcher(text);
		int from = 0;
		while (from <= text.length() && matcher.find(from)) {
			boolean blockComment = text.startsWith("/*", matcher.start());
			from = blockComment ? endOfComment(text, matcher.start()) : matcher.end();
			String with = (blockComment || text.startsWith("--", matcher.start())) ? " " : "x";
			visible.replace(matcher.start(), from, with.repeat(from - matcher.start()));
		}
		return visible.toString();
	}

	/** Block comments nest in PostgreSQL, which no regular expression can follow. */
	private static int endOfComment(String text, int start) {
		int depth = 0;
		for (int i = start; i < text.length() - 1; i++) {
			if (text.startsWith("/*", i)) {
				depth++;
				i++;
			}
			else if (text.startsWith("*/", i)) {
				depth--;
				i++;
			}
			if (depth == 0) {
				return i + 1;
			}
		}
		return text.length();
	}

}
