package io.keysteward;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs have left, by what they had found. To put it back takes less than to run them
 * again: in the databases in which it was, since a run remembers where it has read; and
 * its reports where they are expected, although the run's row names the first place.
 */
public final class RunHistory {

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

	private final KeptFiles reports;

	private RunHistory(Register register) {
		this.governance = register.governanceDatabase();
		this.keys = register.keysDatabase();
		this.governanceThen = this.governance.keptCopy();
		this.keysThen = this.keys.keptCopy();
		this.reports = KeptFiles.of(register.reports());
	}

	/**
	 * Makes a register's past: by these runs, or as they have left it before.
	 * @param name of the runs
	 * @param runs made for what was not found before
	 */
	public static void of(Register register, String name, Runnable runs) {
		String found = name + keys(register) + settings(register);
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
		this.reports.putInto(register.reports());
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
				+ ((config != null) ? KeptFiles.of(Path.of(config)).text() : "");
	}

}
