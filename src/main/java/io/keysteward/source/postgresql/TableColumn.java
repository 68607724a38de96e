package io.keysteward.source.postgresql;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column of a table, as the server describes it.
 *
 * @param name its name
 * @param type its type in PostgreSQL's notation, without length
 * @param key whether it is the whole primary key
 */
record TableColumn(String name, String type, boolean key) {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

	private static final Pattern NUMBER = Pattern.compile("smallint|integer|bigint|numeric|real|double precision");

	private static final Pattern TEXT = Pattern.compile("text|character varying|character|name|citext|\"char\"");

	/** Names of secrets, or of values derived from them. */
	private static final Pattern SECRET = Pattern.compile(
			"token|key|apikey|accesskey|value|salt|.*secret.*|.*password.*|.*hash.*|.*cipher.*|encrypted.*|.*pepper");

	/**
	 * {@return the name in lower case, without separators of words}
	 */
	String normalizedName() {
		return this.name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * {@return whether its normalized name matches a pattern}
	 */
	boolean isCalled(Pattern pattern) {
		return pattern.matcher(normalizedName()).matches();
	}

	/**
	 * {@return the column's name in select.sql}
	 */
	String sql() {
		return "t." + (PLAIN.matcher(this.name).matches() ? this.name : '"' + this.name.replace("\"", "\"\"") + '"');
	}

	boolean isNumber() {
		return NUMBER.matcher(this.type).matches();
	}

	boolean isText() {
		return TEXT.matcher(this.type).matches();
	}

	boolean isBoolean() {
		return this.type.equals("boolean");
	}

	/**
	 * {@return whether it is a time, or a type in which many systems store times}
	 */
	boolean mayBeTime() {
		return isTime() || isNumber() || isText();
	}

	boolean isTime() {
		return this.type.startsWith("timestamp") || this.type.equals("date");
	}

	/**
	 * {@return whether it may be or reveal a secret}
	 */
	boolean mayRevealSecret() {
		return (isText() || this.type.startsWith("json") || this.type.equals("bytea")) && isCalled(SECRET);
	}

	/**
	 * {@return whether it can be a canonical text column}
	 */
	boolean isShown() {
		return isText() || this.type.equals("uuid") || (isNumber() && !this.type.matches("real|double precision"));
	}

	/**
	 * {@return the column as a timestamptz; with the invalid word TODO if its zone or
	 * unit is unknown}
	 */
	String time() {
		return switch (this.type) {
			case "timestamp with time zone" -> sql();
			case "timestamp without time zone" -> sql() + " AT TIME ZONE 'TODO'";
			case "date" -> sql() + "::timestamp AT TIME ZONE 'TODO'";
			default -> isNumber() ? "to_timestamp(" + sql() + " / TODO)" : sql() + "::timestamptz";
		};
	}

	/**
	 * {@return the decision about the column as a time; empty: none}
	 */
	String undecided() {
		return switch (this.type) {
			case "timestamp with time zone" -> "";
			case "timestamp without time zone", "date" -> "TODO the zone in which it is written, such as 'UTC'";
			default -> isNumber() ? "TODO 1 for seconds, 1000.0 for milliseconds"
					: "TODO correct only if each value has a zone";
		};
	}

}
