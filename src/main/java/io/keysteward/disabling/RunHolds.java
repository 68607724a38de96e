package io.keysteward.disabling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The gates that were closed for a whole run, or for a whole source of it.
 */
@Repository
public class RunHolds {

	private static final List<String> ORDER = Arrays.stream(Gate.values()).map(Gate::name).toList();

	private final JdbcClient jdbc;

	/**
	 * Reads through a connection of the caller's, too.
	 */
	public RunHolds(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return what held a run, in the order of the gates}
	 */
	public List<Hold> of(long runId) {
		return this.jdbc.sql("""
				SELECT gate, source, detail FROM keysteward.run_hold WHERE run_id = :run ORDER BY source COLLATE "C"
				""")
			.param("run", runId)
			.query((row, number) -> new Hold(row.getString("gate"), row.getString("source"), row.getString("detail")))
			.list()
			.stream()
			.sorted(Comparator.comparing((hold) -> ORDER.indexOf(hold.gate())))
			.toList();
	}

	/**
	 * A gate that was closed for more than a key. Text is untrusted.
	 *
	 * @param gate the gate's name
	 * @param source the source that it held; empty: all of them
	 * @param detail why, in one sentence
	 */
	public record Hold(String gate, String source, String detail) {

		/**
		 * {@return the hold in words}
		 */
		public String sentence() {
			return (this.source.isEmpty() ? "The whole run" : "Source '" + this.source + "'") + " is held by "
					+ this.gate + ": " + this.detail;
		}

	}

}
