package io.keysteward.job;

import java.nio.file.Path;
import java.util.Collection;

import io.keysteward.inventory.Inventories;
import io.keysteward.report.StaleFileCleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What processes that died have left outside of Spring Batch's tables. To be cleared
 * under the run's lock only.
 */
@Component
class CrashCleanup {

	private static final Logger logger = LoggerFactory.getLogger(CrashCleanup.class);

	private final Inventories inventories;

	private final StaleFileCleaner drafts;

	CrashCleanup(Inventories inventories, StaleFileCleaner drafts) {
		this.inventories = inventories;
		this.drafts = drafts;
	}

	/**
	 * Clears them up.
	 * @param reports the report directory
	 * @param files the files of the run whose lock the caller holds
	 */
	void clear(Path reports, Collection<Path> files) {
		this.inventories.dropStray()
			.forEach((id) -> logger.warn("an inventory without a run (run id {}) was left; it is dropped", id));
		this.drafts.remove(reports, files);
	}

}
