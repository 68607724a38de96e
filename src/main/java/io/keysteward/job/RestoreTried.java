package io.keysteward.job;

import io.keysteward.disabling.TrialRestorer;
import io.keysteward.lock.RunLock;
import io.keysteward.lock.RunLocks;
import io.keysteward.run.Run;
import io.keysteward.source.SourceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The first part of step {@code disableKeys}: switches on again what was tried within its
 * trial, unless somebody is restoring keys.
 */
@Component
class RestoreTried {

	private static final Logger logger = LoggerFactory.getLogger(RestoreTried.class);

	private final TrialRestorer trials;

	private final RunLocks locks;

	private final SourceRegistry sources;

	RestoreTried(TrialRestorer trials, RunLocks locks, SourceRegistry sources) {
		this.trials = trials;
		this.locks = locks;
		this.sources = sources;
	}

	/**
	 * Switches on the next key.
	 * @return whether there may be another one
	 */
	boolean next(Run run) {
		if (!this.trials.hasNext(run)) {
			return false;
		}
		try (RunLock lock = this.locks.tryRestoring()) {
			if (lock == null) {
				logger.warn("run {}: keys were tried within their trial, and somebody is restoring keys: the next run"
						+ " looks again", run.key());
				return false;
			}
			this.trials.next(run, this.sources::get);
			return true;
		}
	}

}
