package io.keysteward.insight;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.RunMode;
import io.keysteward.run.Totals.ActionTotals;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The decisions and actions of a run, in figures and sentences.
 *
 * @param mode whether the run could and did disable, in words
 * @param disables whether it could
 * @param totals its keys by outcome; null: the run is from before disabling existed
 * @param restored how many keys were restored since the last run
 * @param notices what was mailed to owners, in words
 * @param holds the closed gates of the run and its sources, a sentence each
 */
public record DisablingSummary(String mode, boolean disables, @Nullable ActionTotals totals, long restored,
		String notices, List<String> holds) {

	/** Further alarms are only counted; the rows have all. */
	private static final int MOST_ALARMS = 10;

	static DisablingSummary read(RunView stored, DisableRows actions) {
		return new DisablingSummary(mode(stored), stored.run().mode() != RunMode.REPORT, stored.totals().actions(),
				actions.restored(), notices(stored), stored.holds().stream().map(RunHold::sentence).toList());
	}

	/**
	 * {@return by which gates disabling was held, wholly or in part; empty: it was not}
	 * @param disabled how many keys were disabled nevertheless
	 */
	public static String held(List<RunHold> holds, long disabled) {
		String gates = RunHold.gatesOfDisabling(holds);
		return gates.isEmpty() ? "" : ((disabled > 0) ? "partly " : "") + "HELD (" + gates + ")";
	}

	/**
	 * {@return how many keys stand how, as far as a run in its mode can tell; none: the
	 * run is older than disabling}
	 */
	public List<KeyRows.Figure> outcomes() {
		if (this.totals == null) {
			return List.of();
		}
		List<KeyRows.Figure> outcomes = new ArrayList<>();
		if (this.disables) {
			outcomes.add(figure(ActionState.DISABLED, this.totals.disabled()));
			outcomes.add(figure(ActionState.FAILED, this.totals.failed()));
			if (this.totals.notYet() > 0) {
				outcomes.add(figure(ActionState.NOT_YET, this.totals.notYet()));
			}
			outcomes.add(figure(ActionState.SKIPPED_CHANGED, this.totals.skippedChanged()));
			outcomes.add(figure(ActionState.NOT_KNOWN, this.totals.unsettled()));
		}
		else {
			outcomes.add(figure(ActionState.WOULD_DISABLE, this.totals.wouldDisable()));
		}
		outcomes.add(figure(ActionState.HELD, this.totals.held()));
		return outcomes;
	}

	private static KeyRows.Figure figure(ActionState state, long keys) {
		return new KeyRows.Figure(state.words(), keys);
	}

	/**
	 * {@return which disabled keys are not what they should be, in sentences}
	 */
	static List<String> alarms(DisableRows actions) {
		List<Alarm> alarms = actions.alarms();
		List<String> sentences = new ArrayList<>();
		alarms.stream()
			.limit(MOST_ALARMS)
			.forEach((alarm) -> sentences
				.add("ALARM: key " + alarm.source() + "/" + alarm.keyId() + ": " + alarm.sentence()));
		if (alarms.size() > MOST_ALARMS) {
			sentences.add("ALARM: " + Plural.of(alarms.size() - MOST_ALARMS, "more key") + " like these "
					+ Plural.word(alarms.size() - MOST_ALARMS, "is", "are") + " on the sheet Actions.");
		}
		return sentences;
	}

	/**
	 * {@return the most important figure}
	 */
	List<KeyRows.Figure> figure() {
		if (this.totals == null) {
			return List.of();
		}
		return List.of(this.disables ? new KeyRows.Figure("Keys disabled", this.totals.disabled())
				: figure(ActionState.WOULD_DISABLE, this.totals.wouldDisable()));
	}

	private static String mode(RunView stored) {
		Run run = stored.run();
		ActionTotals totals = stored.totals().actions();
		if (run.mode() != RunMode.DISABLE) {
			return (run.mode() == RunMode.REPORT) ? "Report only: nothing was disabled" : "Restore";
		}
		if (totals == null) {
			return "Disable";
		}
		long disabled = totals.disabled();
		String done = (disabled == 0) ? "nothing was disabled"
				: Plural.of(disabled, "key") + Plural.word(disabled, " was", " were") + " disabled";
		String held = held(stored.holds(), disabled);
		return "Disable: " + (held.isEmpty() ? "" : held + ", ") + done;
	}

	private static String notices(RunView stored) {
		List<String> lines = new ArrayList<>();
		stored.sql("""
				SELECT kind, count(*) FILTER (WHERE status = 'SENT') AS sent,
				       count(*) FILTER (WHERE status <> 'SENT') AS other
				FROM keysteward.notice WHERE run_id = :run AND kind <> 'REPORT' AND channel IS NULL GROUP BY kind
				ORDER BY array_position(ARRAY['WARNING', 'REMINDER', 'FINAL', 'DISABLED', 'RESTORED'], kind)
				""")
			.query((RowCallbackHandler) (row) -> lines.add(row.getLong("sent") + " " + row.getString("kind")
					+ ((row.getLong("other") > 0) ? " (and " + row.getLong("other") + " failed or refused)" : "")));
		return (lines.isEmpty() ? "none" : String.join(", ", lines)) + posts(stored);
	}

	private static String posts(RunView stored) {
		return stored
			.sql("""
					SELECT count(*) FILTER (WHERE status = 'SENT') AS sent, count(*) FILTER (WHERE status <> 'SENT') AS other
					FROM keysteward.notice WHERE run_id = :run AND kind <> 'REPORT' AND channel IS NOT NULL
					""")
			.query((row, number) -> {
				long sent = row.getLong("sent");
				long other = row.getLong("other");
				return (sent + other == 0) ? "" : "; " + Plural.of(sent, "message") + " to channels"
						+ ((other > 0) ? " (and " + other + " failed or refused)" : "");
			})
			.single();
	}

}
