package io.keysteward.source.postgresql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.keysteward.source.definition.Definition;
import io.keysteward.text.SafeText;

/**
 * A first definition for a table, from the names and types of its columns. What names
 * cannot tell is left to a person, and the definition is refused until it is decided.
 */
final class FirstDefinition {

	private static final Pattern ID = Pattern.compile("id|keyid|uuid|guid|publicid|publickey|identifier");

	private static final Pattern NAME = Pattern
		.compile("name|label|title|alias|tokenname|keyname|keyalias|displayname|description|note|comment");

	private static final Pattern MASK = Pattern
		.compile("mask.*|.*masked|obfuscated.*|redacted.*|.*hint|.*preview|displaysecret.*|display.*key");

	private static final Pattern END = Pattern.compile("last(4|four|8|eight)|.*(lastfour|last4|lasteight|suffix)");

	private static final Pattern PROJECT = Pattern
		.compile("(project|team|workspace|organi[sz]ation|org|tenant|space|application|app)(id)?");

	private static final Pattern OWNER = Pattern
		.compile("(owner|user|creator|member|account|createdby|createdbyuser|customer)(id)?|uid|login");

	private static final Pattern EMAIL = Pattern.compile("(owner|user|creator|contact)?e?mail(address)?");

	private static final Pattern CREATED = Pattern
		.compile("create[d]?(at|on|date|time|unix|ts)?|(creation|create|inserted|issued)(at|on|date|time)?|made");

	private static final Pattern USED = Pattern.compile(".*(used|seen|access|activ|connection|usage|touch).*");

	private static final Pattern EXPIRES = Pattern
		.compile("expir(es|y|ation|e)?(at|on|date|time|unix)?|valid(until|to)|notafter|ends?(at)?");

	private static final Pattern ON = Pattern.compile("(is)?(active|enabled|valid|live)");

	private static final Pattern OFF = Pattern
		.compile("(is)?(disabled|revoked|blocked|suspended|deleted|archived|inactive|deactivated|locked)");

	private static final Pattern OFF_AT = Pattern
		.compile("(disabled|revoked|blocked|suspended|deleted|archived|deactivated)(at|on|date|time)");

	private static final Pattern STATUS = Pattern.compile("status|state");

	private static final Pattern KIND = Pattern.compile("kind|type|keytype|tokentype|category");

	private final String table;

	private final List<TableColumn> columns;

	private final Set<TableColumn> used = new LinkedHashSet<>();

	private final List<String> lines = new ArrayList<>();

	private FirstDefinition(String table, List<TableColumn> columns) {
		this.table = table;
		this.columns = columns;
	}

	/**
	 * {@return the files of the definition, by their names}
	 * @param table the table's name in SQL
	 * @param columns the table's columns, in order; one with an invisible character in
	 * its name is left out
	 */
	static Map<String, String> files(String table, List<TableColumn> columns) {
		FirstDefinition definition = new FirstDefinition(table,
				columns.stream().filter((column) -> !SafeText.hides(column.name())).toList());
		Map<String, String> files = new LinkedHashMap<>();
		files.put(Definition.YAML, definition.yaml());
		files.put(SqlDefinition.SELECT, definition.select());
		files.put("grants.sql", definition.grants());
		return files;
	}

	private String yaml() {
		return """
				# A proposal of `sources init`, made of the columns of %1$s. `check` refuses it until each TODO is decided.
				title: Keys of %2$s                # TODO what people call this system
				probe: >-
				  SELECT to_regclass('%3$s') IS NOT NULL
				usage:
				  # TODO full: every use is written, so a null in last_used_at means that the key was never used.
				  #      partial: some uses are not, or were not from the beginning: a null is unknown, and never idle.
				  #      none: nothing is known of use. When in doubt write partial.
				  recorded:
				  # TODO how late a use may be written at worst, such as 5m or 24h; it is added to every idle threshold
				  # granularity: 24h
				  # TODO since when uses are written, where the oldest keys are older
				  # known-since: 2026-01-01
				# If the system can switch a key off and on again: docs/sources.md, "disable.sql and restore.sql".
				"""
			.formatted(SqlLine.comment(this.table), SqlLine.yaml(this.table), this.table.replace("'", "''"));
	}

	private String select() {
		keyId();
		text("name", (column) -> column.isCalled(NAME) && column.isShown(), TableColumn::sql);
		mask();
		text("project_id", (column) -> column.isCalled(PROJECT) && column.isShown(), TableColumn::sql);
		text("owner_id", (column) -> column.isCalled(OWNER) && column.isShown(), TableColumn::sql);
		text("owner_email", (column) -> column.isCalled(EMAIL) && column.isShown(), TableColumn::sql);
		time("created_at", CREATED);
		lastUse();
		time("expires_at", EXPIRES);
		status();
		text("kind", (column) -> column.isCalled(KIND) && !column.isBoolean() && !column.isTime(), TableColumn::sql);
		StringBuilder sql = new StringBuilder();
		sql.append("-- A proposal from the names and types of the columns. A person must check each line;\n");
		sql.append(
				"-- names cannot tell what is marked TODO, and `check` refuses the definition until it is decided.\n");
		this.lines.forEach((line) -> sql.append(line).append('\n'));
		sql.append("  FROM ").append(this.table).append(" t\n");
		names("it may be or reveal a secret; never select it unchanged", TableColumn::mayRevealSecret)
			.ifPresent((line) -> sql.append("-- not used: ").append(line).append('\n'));
		names("the name does not tell its meaning", (column) -> !column.mayRevealSecret())
			.ifPresent((line) -> sql.append("-- not used: ").append(line).append('\n'));
		return sql.toString();
	}

	private void keyId() {
		TableColumn id = first(TableColumn::key)
			.or(() -> first((column) -> column.isCalled(ID) && column.isShown() && !column.mayRevealSecret()))
			.orElse(null);
		if (id == null) {
			this.lines.add("-- TODO which columns are the id of a key, without its secret?");
			this.lines.add("SELECT TODO AS key_id");
		}
		else if (id.mayRevealSecret()) {
			this.lines.add("-- TODO " + SqlLine.comment(id.name())
					+ " looks like the secret itself, so the id is its hash. If it is not a secret, select it"
					+ " unchanged.");
			this.lines
				.add("SELECT 'sha256:' || encode(sha256(convert_to(" + id.sql() + "::text, 'UTF8')), 'hex') AS key_id");
			this.used.add(id);
		}
		else {
			this.lines.add("SELECT " + id.sql() + " AS key_id" + (id.key() ? "" : "    -- TODO is it unique?"));
			this.used.add(id);
		}
	}

	private void mask() {
		first((column) -> column.isCalled(MASK) && column.isText()).ifPresentOrElse(
				(column) -> add(column, column.sql() + " AS masked_key", "TODO is it a mask? docs/masks.md"),
				() -> first((column) -> column.isCalled(END) && column.isText())
					.ifPresent((column) -> add(column, "'****' || right(" + column.sql() + ", 4) AS masked_key", "")));
	}

	private void text(String target, Predicate<TableColumn> fits, Function<TableColumn, String> expression) {
		first((column) -> fits.test(column) && !column.mayRevealSecret())
			.ifPresent((column) -> add(column, expression.apply(column) + " AS " + target, ""));
	}

	private void time(String target, Pattern pattern) {
		first((column) -> column.isCalled(pattern) && column.mayBeTime())
			.ifPresent((column) -> add(column, column.time() + " AS " + target, column.undecided()));
	}

	/** Leaves the decision to a person: a wrong column would disable keys in use. */
	private void lastUse() {
		List<TableColumn> candidates = this.columns.stream()
			.filter((column) -> !this.used.contains(column) && column.isCalled(USED) && column.mayBeTime()
					&& !column.mayRevealSecret() && !column.isCalled(EXPIRES))
			.toList();
		if (candidates.isEmpty()) {
			this.lines
				.add("     -- TODO no column's name indicates a last use. If there is none: usage.recorded: none");
			return;
		}
		this.lines
			.add("     -- TODO is this the last use of the key, and is every use recorded there? If so, remove the"
					+ " dashes:");
		candidates.forEach((column) -> {
			this.lines.add("     -- , " + column.time() + " AS last_used_at    -- " + SqlLine.comment(column.type())
					+ (column.undecided().isEmpty() ? "" : "; " + column.undecided()));
			this.used.add(column);
		});
	}

	private void status() {
		Optional<TableColumn> word = first((column) -> column.isCalled(STATUS) && !column.isTime());
		if (word.isPresent()) {
			String words = "TODO map its words to active, disabled or expired: CASE … WHEN … THEN 'active' …";
			add(word.get(), word.get().sql() + "::text AS status", words);
			return;
		}
		first((column) -> column.isCalled(ON) && column.isBoolean())
			.ifPresentOrElse((column) -> addStatus(column, column.sql(), "'active' ELSE 'disabled'"), () -> first(
					(column) -> column.isCalled(OFF) && column.isBoolean())
				.ifPresentOrElse((column) -> addStatus(column, column.sql(), "'disabled' ELSE 'active'"), () -> first(
						(column) -> column.isCalled(OFF_AT) && column.isTime())
					.ifPresentOrElse(
							(column) -> addStatus(column, column.sql() + " IS NOT NULL", "'disabled' ELSE 'active'"),
							this::allActive)));
	}

	private void addStatus(TableColumn column, String condition, String words) {
		add(column, "CASE WHEN " + condition + " THEN " + words + " END AS status", "");
	}

	private void allActive() {
		this.lines
			.add("     -- TODO no column's name indicates a status; without one, every key is active until it expires");
	}

	private void add(TableColumn column, String line, String comment) {
		this.used.add(column);
		this.lines.add("     , " + line + (comment.isEmpty() ? "" : "    -- " + comment));
	}

	private Optional<TableColumn> first(Predicate<TableColumn> fits) {
		return this.columns.stream().filter((column) -> !this.used.contains(column) && fits.test(column)).findFirst();
	}

	private Optional<String> names(String why, Predicate<TableColumn> which) {
		String names = this.columns.stream()
			.filter((column) -> !this.used.contains(column) && which.test(column))
			.map((column) -> SqlLine.comment(column.name()) + " (" + SqlLine.comment(column.type()) + ")")
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? Optional.empty() : Optional.of(names + ": " + why);
	}

	private String grants() {
		String names = this.used.stream().map((column) -> column.sql().substring(2)).collect(Collectors.joining(", "));
		return """
				-- A least-privilege role. TODO leave out the columns that select.sql does not use in the end.
				CREATE ROLE keysteward_reader LOGIN CONNECTION LIMIT 5;
				GRANT SELECT%s ON %s TO keysteward_reader;
				""".formatted(names.isEmpty() ? "" : " (" + names + ")", this.table);
	}

}
