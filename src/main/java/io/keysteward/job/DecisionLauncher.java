package io.keysteward.job;

import java.nio.file.Path;
import java.time.Clock;

import io.keysteward.decision.DecisionIntake;
import io.keysteward.decision.Understanding;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.notice.mail.Recipients;

import org.springframework.stereotype.Component;

/**
 * Takes a filled workbook: what is applied is so while no run is under way, which has its
 * decisions from its start on.
 */
@Component
public class DecisionLauncher {

	private final DecisionIntake intake;

	private final Recipients recipients;

	private final RunLocks locks;

	private final Clock clock;

	DecisionLauncher(DecisionIntake intake, Recipients recipients, RunLocks locks, Clock clock) {
		this.intake = intake;
		this.recipients = recipients;
		this.locks = locks;
		this.clock = clock;
	}

	/**
	 * {@return what is understood of a workbook; nothing is stored}
	 */
	public Understanding understand(Path file) {
		return this.intake.understand(file, this.clock.instant(), this.recipients::refusal);
	}

	/**
	 * Stores all decisions of a workbook, or none where something is wrong with it.
	 * @param requestedBy who asks
	 * @return what was understood of it
	 */
	public Understanding apply(Path file, String requestedBy) {
		RunLock lock = this.locks.run();
		try {
			Understanding understood = understand(file);
			if (understood.faults().isEmpty()) {
				this.intake.store(understood, requestedBy);
			}
			return understood;
		}
		finally {
			lock.close();
		}
	}

}
