package io.keysteward.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.disabling.ActionHistory;
import io.keysteward.disabling.ActionHistory.Decision;
import io.keysteward.disabling.ActionHistory.Deed;
import io.keysteward.inventory.FoundKey;
import io.keysteward.key.Visible;
import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Says of a key that was found whether it may be disabled, and what was done to it.
 */
final class FoundActions {

	private static final int DEEDS = 3;

	private final ActionHistory actions;

	private final Run run;

	FoundActions(ActionHistory actions, Run run) {
		this.actions = actions;
		this.run = run;
	}

	/**
	 * {@return the lines to print; none where there is nothing to say}
	 */
	List<String> of(FoundKey key) {
		List<String> lines = new ArrayList<>();
		this.actions.decided(this.run.id(), key.source(), key.keyId())
			.ifPresent((decision) -> lines.add("  disabling  " + words(decision)));
		this.actions.done(key.source(), key.keyId(), DEEDS).forEach((deed) -> lines.add("  history    " + words(deed)));
		return lines;
	}

	private static String words(Decision decision) {
		String outcome = (decision.outcome() != null) ? decision.outcome() : decision.due() ? "DUE" : "HELD";
		return switch (outcome) {
			case "HELD" -> "held by " + String.join(", ", decision.closedGates())
					+ ((decision.dueAt() != null) ? "; due from " + time(decision.dueAt()) + " if unused" : "")
					+ why(decision.detail());
			case "DUE" -> "due; what became of it is not known yet" + why(decision.detail());
			case "WOULD_DISABLE" -> "would be disabled: run with --disable" + why(decision.detail());
			default -> outcome(outcome) + " in the last run" + why(decision.detail());
		};
	}

	private static String words(Deed deed) {
		String what = deed.outcome().equals("DISABLED") || deed.outcome().equals("RESTORED") ? outcome(deed.outcome())
				: (deed.action().equals("DISABLE") ? "disabling: " : "restoring: ") + outcome(deed.outcome());
		return time(deed.at()) + "  " + what + " in run " + Visible.text(deed.runKey())
				+ ((deed.restoredBy() != null) ? ", restored in run " + Visible.text(deed.restoredBy()) : "")
				+ why(deed.detail());
	}

	private static String outcome(String outcome) {
		return switch (outcome) {
			case "DISABLED" -> "disabled";
			case "RESTORED" -> "restored";
			case "SKIPPED_CHANGED" -> "left alone, changed since it was read";
			default -> "failed";
		};
	}

	private static String why(@Nullable String detail) {
		return (detail != null && !detail.isBlank()) ? ". " + Visible.text(detail) : "";
	}

	private static String time(Instant instant) {
		return FindCommand.TIME.format(instant);
	}

}
