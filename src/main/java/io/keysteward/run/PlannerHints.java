package io.keysteward.run;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the database that a transaction reads all of an inventory, and joins it with
 * tables as large: the defaults are those of small questions.
 */
public final class PlannerHints {

	/**
	 * Looking a million rows up one by one is never right, nor is sorting them to join a
	 * tenth of them; the statistics of tables that were filled a minute ago say that it
	 * is. Compiling a statement that runs once does not pay either, and behind a cursor
	 * no worker runs, for which plans are made all the same. Each hash or sort may have
	 * an eighth of what the server shares: several are open at once, and a small server
	 * would be killed for more. One that gives more by itself keeps it.
	 */
	private static final String SETTINGS = """
			SELECT set_config('enable_nestloop', :nested, true), set_config('enable_mergejoin', :merge, true),
			       set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
			       set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')),
			         least(pg_size_bytes(:memory), pg_size_bytes(current_setting('shared_buffers')) / 8)) / 1024 || 'kB', true)
			""";

	/**
	 * The most: for the findings of a million keys; with more of them, or less memory,
	 * the server uses its disk.
	 */
	private static final String MEMORY = "64MB";

	private PlannerHints() {
	}

	/**
	 * Prepares the current transaction, and nothing after it.
	 * @param jdbc what reads in it
	 */
	public static void forFullScan(JdbcClient jdbc) {
		prepare(jdbc, "off", "off");
	}

	/**
	 * Prepares the current transaction to list all of an inventory in the order of its
	 * index.
	 * @param jdbc what reads in it
	 */
	public static void willBeListed(JdbcClient jdbc) {
		prepare(jdbc, "off", "on");
	}

	/**
	 * Prepares the current transaction for statements on many rows whose joins the
	 * planner chooses well.
	 * @param jdbc what reads in it
	 */
	public static void forManyRows(JdbcClient jdbc) {
		prepare(jdbc, "on", "on");
	}

	private static void prepare(JdbcClient jdbc, String nested, String merge) {
		jdbc.sql(SETTINGS).param("memory", MEMORY).param("nested", nested).param("merge", merge).query().listOfRows();
	}

}
