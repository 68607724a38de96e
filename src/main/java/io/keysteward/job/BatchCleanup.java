package io.keysteward.job;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * What processes that died have left in Spring Batch's tables. To be cleared under the
 * run's lock only.
 */
@Component
class BatchCleanup {

	private static final Logger logger = LoggerFactory.getLogger(BatchCleanup.class);

	private final JobOperator operator;

	private final JobRepository repository;

	BatchCleanup(JobOperator operator, JobRepository repository) {
		this.operator = operator;
		this.repository = repository;
	}

	/**
	 * Closes every execution that a killed process has left unfinished.
	 * @param runKey the run that is about to start
	 */
	void clear(String runKey) {
		for (JobExecution execution : this.repository.findRunningJobExecutions(RunJob.NAME)) {
			logger.warn("run {}: execution {} was left unfinished by a process that died; it is closed",
					execution.getJobParameters().getString(RunJob.RUN_KEY), execution.getId());
			this.operator.recover(execution);
		}
		JobInstance instance = this.repository.getJobInstance(RunJob.NAME, RunJob.parameters(runKey));
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (instance != null && last == null) {
			logger.warn("run {}: an instance without execution was left by a process that died; it is removed", runKey);
			this.repository.deleteJobInstance(instance);
		}
		else if (last != null) {
			resolveUnknown(runKey, last);
		}
	}

	/**
	 * Where a commit was not answered Spring Batch does not know what was stored, and
	 * where a process was cut off after it had been asked to stop, the job has ended and
	 * its step has not; it would go on after neither. Each of our steps finds out from
	 * the run's own tables what is done.
	 */
	private void resolveUnknown(String runKey, JobExecution execution) {
		List<StepExecution> steps = execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning())
			.toList();
		if (steps.isEmpty() && execution.getStatus() != BatchStatus.UNKNOWN) {
			return;
		}
		logger.warn("run {}: execution {} has ended in the middle of a step; what is stored counts", runKey,
				execution.getId());
		for (StepExecution step : steps) {
			step.setStatus(BatchStatus.FAILED);
			this.repository.update(step);
		}
		execution.setStatus(BatchStatus.FAILED);
		this.repository.update(execution);
	}

}
