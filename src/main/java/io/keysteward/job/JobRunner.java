package io.keysteward.job;

import java.util.function.Supplier;

import io.keysteward.run.RunJournal;
import io.keysteward.run.RunStatus;
import io.keysteward.text.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Runs the job to its end, and notes how that was.
 */
@Component
class JobRunner {

	private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

	private final JobOperator operator;

	private final Job job;

	private final RunShutdown shutdown;

	private final RunJournal journal;

	JobRunner(JobOperator operator, Job job, RunShutdown shutdown, RunJournal journal) {
		this.operator = operator;
		this.job = job;
		this.shutdown = shutdown;
		this.journal = journal;
	}

	/**
	 * Runs the job.
	 * @throws Failure where it did not complete; says whose turn it is
	 */
	void run(String runKey) {
		this.shutdown.runStarts(runKey);
		try {
			JobExecution execution = this.operator.start(this.job, RunJob.parameters(runKey));
			if (execution.getStatus() == BatchStatus.COMPLETED) {
				return;
			}
			throw failed(runKey, () -> Failures.translate(execution.getAllFailureExceptions()));
		}
		catch (Failure failure) {
			throw failure;
		}
		catch (Exception ex) {
			throw failed(runKey, () -> Failures.translate(ex));
		}
		finally {
			this.shutdown.runEnded();
		}
	}

	/** Notes how the run ended. */
	private Failure failed(String runKey, Supplier<Failure> cause) {
		boolean stopped = this.shutdown.requested();
		Failure failure = stopped
				? Failure.retry("run " + runKey + " was stopped on request; start it again to continue", null)
				: cause.get();
		RunStatus status = stopped ? RunStatus.STOPPED : RunStatus.FAILED;
		try {
			this.journal.end(runKey, status, stopped ? null : failure.line());
		}
		catch (DataAccessException ex) {
			logger.warn("run {}: that it is {} could not be noted; the next start continues it all the same", runKey,
					status);
		}
		return failure;
	}

}
