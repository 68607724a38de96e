package io.keysteward.disabling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;

/**
 * What runs have left, by what they had found. To put it back takes less than to run them
 * again: in the databases in which it was, since a run remembers where it has read.
 */
final class RunHistory {

	private static final Map<String, RunHistory> REMEMBERED = new HashMap<>();

	private static final String KEYS = """
			SELECT concat_ws(' ', (SELECT string_agg(k::text, '' ORDER BY id) FROM api_key k),
			  (SELECT string_agg((to_jsonb(a) - 'created_at')::text, '' ORDER BY id) FROM account a),
			  (SELECT string_agg((to_jsonb(p) - 'created_at')::text, '' ORDER BY id) FROM project p))
			""";

	private final TestDatabase governance;

	private final TestDatabase keys;

	private final TestDatabase governanceThen;

	private final TestDatabase keysThen;

	private RunHistory(Register register) {
		this.governance = register.governanceDatabase();
		this.keys = register.keysDatabase();
		this.governanceThen = this.governance.keptCopy();
		this.keysThen = this.keys.keptCopy();
	}

	/** Makes a register's past: by these runs, or as they have left it before. */
	static void of(Register register, Runnable runs) {
		String found = keys(register) + settings(register);
		RunHistory past = REMEMBERED.get(found);
		if (past != null) {
			past.comesBack(register);
		}
		else {
			runs.run();
			REMEMBERED.put(found, new RunHistory(register));
		}
	}

	private void comesBack(Register register) {
		this.governance.becomeLike(this.governanceThen);
		this.keys.becomeLike(this.keysThen);
		register.in(this.governance, this.keys);
	}

	private static String keys(Register register) {
		return register.keys().sql(KEYS).query(String.class).single();
	}

	/** But for the places, which are each test's own. */
	private static String settings(Register register) {
		Map<String, String> settings = new TreeMap<>(register.properties());
		settings.keySet().removeIf((name) -> name.endsWith("datasource.url"));
		String config = settings.get("keysteward.config-directory");
		return settings.toString().replace(String.valueOf(register.reports().getParent()), "")
				+ ((config != null) ? files(Path.of(config)) : "");
	}

	private static String files(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).sorted().map(Register::read).collect(Collectors.joining());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
