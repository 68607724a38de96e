package io.keysteward.run;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the database that a transaction reads all of an inventory, and joins it with
 * tables as large: the defaults are those of small questions.
 */
public final class WholeInventory {

	/**
	 * Looking a million rows up one by one is never right, and the statistics of tables
	 * that were filled a minute ago say that it is; nor is compiling a statement that
	 * runs once. A server that gives more memory keeps it.
	 */
	private static final String SETTINGS = """
			SELECT set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true),
			       CASE WHEN pg_size_bytes(current_setting('work_mem')) < pg_size_bytes(:memory)
			            THEN set_config('work_mem', :memory, true) END
			""";

	/** For the findings of a million keys; with more of them the server uses its disk. */
	private static final String MEMORY = "64MB";

	private WholeInventory() {
	}

	/**
	 * Prepares the current transaction, and nothing after it.
	 * @param jdbc what reads in it
	 */
	public static void willBeRead(JdbcClient jdbc) {
		jdbc.sql(SETTINGS).param("memory", MEMORY).query().listOfRows();
	}

}
