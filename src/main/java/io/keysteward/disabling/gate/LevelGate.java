package io.keysteward.disabling.gate;

import java.time.Instant;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.key.Usage;
import io.keysteward.run.Gate;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code LEVEL}: the key is past this run's disabling threshold. An orphan must be idle
 * too, and a key of unknown use never passes.
 */
@Component
final class LevelGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.LEVEL;
	}

	@Override
	public Asked asked() {
		return Asked.UNLESS_EXEMPT;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		if (key.disablingFinding() != null) {
			return null;
		}
		if (key.knownUse() != null) {
			return "Its source shows an older last use than an earlier reading has seen, or none: what it says of the key's"
					+ " use is not to be relied on.";
		}
		if (key.usage() == Usage.State.UNKNOWN) {
			return "Its use is not known, and unknown is never idle.";
		}
		if (key.idle() == null) {
			return "It has been in use: only an idle key is disabled.";
		}
		Instant at = key.thresholdAt();
		return "It is not past the disabling threshold" + ((at != null) ? " before " + UtcDay.day(at) : "") + ".";
	}

}
