package io.keysteward.job;

import io.keysteward.inventory.Inventories;
import io.keysteward.report.DeadDrafts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What processes that died have left outside of Spring Batch's tables. To be cleared
 * under the run's lock only.
 */
@Component
class Leftovers {

	private static final Logger logger = LoggerFactory.getLogger(Leftovers.class);

	private final Inventories inventories;

	private final DeadDrafts drafts;

	private final Reporting reporting;

	Leftovers(Inventories inventories, DeadDrafts drafts, Reporting reporting) {
		this.inventories = inventories;
		this.drafts = drafts;
		this.reporting = reporting;
	}

	void clear(String runKey) {
		this.inventories.dropStray()
			.forEach((id) -> logger.warn("an inventory without a run (run id {}) was left; it is dropped", id));
		this.drafts.remove(this.reporting.workbook(runKey));
	}

}
