package io.keysteward.insight;

import java.util.List;

import io.keysteward.run.RunExemption;
import io.keysteward.run.RunHold;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what a person must know of a run besides its totals.
 */
@Repository
public class RunIncidents {

	/** Further ones are only counted. */
	public static final int MOST = 20;

	private final JdbcClient jdbc;

	private final DisabledKeyMonitor disabled;

	private final Runs runs;

	public RunIncidents(JdbcClient jdbc, DisabledKeyMonitor disabled, Runs runs) {
		this.jdbc = jdbc;
		this.disabled = disabled;
		this.runs = runs;
	}

	public Events find(long runId, @Nullable String notSentReason) {
		return new Events(this.disabled.alarms(runId), this.runs.holds(runId),
				this.jdbc.sql("""
						SELECT recipient, detail, count(*) OVER () AS all_of_them FROM keysteward.notice
						WHERE run_id = :run AND kind <> 'REPORT' AND status = 'FAILED'
						ORDER BY notice_id LIMIT :most
						""")
					.param("run", runId)
					.param("most", MOST)
					.query((row, number) -> new Unsent(row.getString("recipient"), row.getString("detail"),
							row.getLong("all_of_them")))
					.list(),
				this.runs.exemptions(runId).stream().filter(RunExemption::isUnfit).toList(), notSentReason);
	}

	/**
	 * The incidents of a run.
	 *
	 * @param alarms disabled keys that are still tried, active again or used again
	 * @param holds the closed gates of the run and its sources
	 * @param unsent the first notices to owners that a mail server or a channel did not
	 * take
	 * @param unfit exemptions that fit no key
	 * @param notSentReason why the next start of the run still has owners to notify;
	 * null: it has none
	 */
	public record Events(List<DisabledKeyMonitor.Alarm> alarms, List<RunHold> holds, List<Unsent> unsent,
			List<RunExemption> unfit, @Nullable String notSentReason) {
	}

	/**
	 * A notice that a mail server or a channel did not take. Text is untrusted.
	 *
	 * @param recipient its addresses, or its channel
	 * @param detail why
	 * @param allOfThem the number of all such notices
	 */
	public record Unsent(String recipient, @Nullable String detail, long allOfThem) {

		/**
		 * {@return why, in words}
		 */
		public String reason() {
			return (this.detail != null) ? this.detail : ActionText.NO_REASON;
		}

	}

}
