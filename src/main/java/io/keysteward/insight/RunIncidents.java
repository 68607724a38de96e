package io.keysteward.insight;

import java.util.List;

import io.keysteward.run.RunExemption;
import io.keysteward.run.RunHold;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What a run has stored beside its totals that a person must hear of.
 */
@Repository
public class RunIncidents {

	/** More of them are told in number. */
	public static final int MOST = 20;

	private final JdbcClient jdbc;

	private final DisabledKeyMonitor disabled;

	private final Runs runs;

	public RunIncidents(JdbcClient jdbc, DisabledKeyMonitor disabled, Runs runs) {
		this.jdbc = jdbc;
		this.disabled = disabled;
		this.runs = runs;
	}

	public Events of(long runId, @Nullable String notSentReason) {
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
	 * What a person must hear of.
	 *
	 * @param alarms disabled keys that are in use again
	 * @param holds what held the run or a source
	 * @param unsent the first notices to owners that no mail server took
	 * @param unfit exemptions that fit no key
	 * @param notSentReason why the next start of the run has more owners to tell; null:
	 * it has not
	 */
	public record Events(List<DisabledKeyMonitor.Alarm> alarms, List<RunHold> holds, List<Unsent> unsent,
			List<RunExemption> unfit, @Nullable String notSentReason) {
	}

	/**
	 * A notice that no mail server took. Text is untrusted.
	 *
	 * @param recipient to whom
	 * @param detail why
	 * @param allOfThem how many there are in all
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
