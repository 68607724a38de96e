package io.keysteward.disabling;

import java.time.Instant;

import io.keysteward.key.Counted;
import io.keysteward.key.Minute;
import org.jspecify.annotations.Nullable;

/**
 * {@code NOTICE}: there is somebody to write to, the key's owner was warned long enough
 * ago, and once more since, and the day has come that they were told; what counts is that
 * a mail server took it.
 */
final class NoticeGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.NOTICE;
	}

	@Override
	public @Nullable String closed(Candidate key, Rounds rounds, PlanTerms terms) {
		String nobody = terms.whyNobody(key.contact());
		if (nobody != null) {
			return nobody;
		}
		Instant warned = rounds.warnedAt();
		Instant last = rounds.finalAt();
		if (warned == null) {
			return key.warnings().isEmpty() ? "Its owner had not been warned before this run."
					: "No warning from before this run counts any more.";
		}
		if (warned.plus(terms.policy().notice()).isAfter(terms.asOf())) {
			return "Its owner was warned on " + Minute.of(warned) + ", less than "
					+ Counted.of(terms.policy().notice().toDays(), "day") + " before this run.";
		}
		if (last == null) {
			return "Its owner was warned on " + Sentences.day(warned)
					+ ", and had not had the last warning before this run.";
		}
		if (last.plus(terms.policy().finalNotice()).isAfter(terms.asOf())) {
			return "Its owner had the last warning on " + Minute.of(last) + ", less than "
					+ Counted.of(terms.policy().finalNotice().toDays(), "day") + " before this run.";
		}
		Instant announced = rounds.announced();
		if (announced != null && announced.isAfter(terms.asOf())) {
			return "Its owner was told that nothing happens before " + Sentences.day(announced) + ".";
		}
		return null;
	}

}
