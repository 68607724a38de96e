package io.keysteward.disabling.gate;

import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.PlanContext;
import io.keysteward.run.Gate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code APPROVAL}: where it is required, somebody has decided to disable the key, by a
 * workbook that is not too old.
 */
@Component
final class ApprovalGate implements KeyGate {

	@Override
	public Gate gate() {
		return Gate.APPROVAL;
	}

	@Override
	public Asked asked() {
		return Asked.ON_THE_WAY;
	}

	@Override
	public @Nullable String closed(Candidate key, NoticeRound round, PlanContext context) {
		return context.policy().notApproved(key.approval(), context.asOf());
	}

}
