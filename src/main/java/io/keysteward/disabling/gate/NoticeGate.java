package io.keysteward.disabling.gate;

import java.time.Instant;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import io.keysteward.text.Plural;
import io.keysteward.text.UtcDay;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code NOTICE}: the key has a recipient who was warned twice, long enough ago, and the
 * day in the mails has come. A mail counts once a mail server has accepted it.
 */
@Component
final class NoticeGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.NOTICE;
	}

	@Override
	public Asked asked() {
		return Asked.ON_THE_WAY;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		String nobody = context.whyNobody(key.contact());
		if (nobody != null) {
			return nobody;
		}
		Instant warned = round.warnedAt();
		Instant last = round.finalAt();
		if (warned == null) {
			return key.warnings().isEmpty() ? "Its owner had not been warned before this run."
					: "No warning from before this run counts any more.";
		}
		if (warned.plus(context.policy().notice()).isAfter(context.asOf())) {
			return "Its owner was warned on " + UtcMinute.of(warned) + ", less than "
					+ Plural.of(context.policy().notice().toDays(), "day") + " before this run.";
		}
		if (last == null) {
			return "Its owner was warned on " + UtcDay.day(warned)
					+ ", and had not had the last warning before this run.";
		}
		if (last.plus(context.policy().finalNotice()).isAfter(context.asOf())) {
			return "Its owner had the last warning on " + UtcMinute.of(last) + ", less than "
					+ Plural.of(context.policy().finalNotice().toDays(), "day") + " before this run.";
		}
		Instant announced = round.announced();
		if (announced != null && announced.isAfter(context.asOf())) {
			return "Its owner was told that nothing happens before " + UtcDay.day(announced) + ".";
		}
		return null;
	}

}
