package io.keysteward.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.keysteward.inventory.SourceReading.Changes;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.run.Runs;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * The order of the steps.
 * <p>
 * Every step may start again although it is complete: what is done is read from the run's
 * own tables, and doing it again changes nothing. A source that fails ends neither the
 * step nor the report; {@code closeRun} fails the run for it.
 */
@Configuration(proxyBeanMethods = false)
class RunJob {

	static final String NAME = "keysteward-run";

	static final String RUN_KEY = "runKey";

	/**
	 * Blocks of a thousand keys to a transaction: some tenths of a second, so that a stop
	 * is heard soon.
	 */
	private static final int BLOCKS = 10;

	private static final int SOURCES_AT_ONCE = 4;

	private final JobRepository repository;

	private final PlatformTransactionManager transactions;

	private final ActiveRun current;

	RunJob(JobRepository repository, PlatformTransactionManager transactions, ActiveRun current) {
		this.repository = repository;
		this.transactions = transactions;
		this.current = current;
	}

	@Bean
	Job job(OpenRun openRun, SourceInventory inventory, Runs runs, ReconcileFindings findings, PlanDisabling plan,
			DisableKeys disable, SendNotices notices, ReportSteps reporting, CloseRun closeRun) {
		return new JobBuilder(NAME, this.repository)
			.start(step("openRun", (execution) -> openRun.open(this.current.attempt(), execution.getJobExecutionId())))
			.next(takeInventory(inventory, runs))
			.next(runStep("reconcileFindings", findings::reconcile))
			.next(runStep("planDisabling", plan::plan))
			.next(disableKeys(disable))
			.next(sendNotices(notices))
			.next(runStep("writeReport", reporting::write))
			.next(runStep("sendReport", (run) -> {
				reporting.send(run, notices.obstacle());
				notices.requireSent();
			}))
			.next(runStep("closeRun", closeRun::close))
			.build();
	}

	/**
	 * {@return by which Spring Batch knows a run}
	 */
	static JobParameters parameters(String runKey) {
		return new JobParametersBuilder().addString(RUN_KEY, runKey).toJobParameters();
	}

	private Step takeInventory(SourceInventory inventory, Runs runs) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("inventory-");
		executor.setConcurrencyLimit(SOURCES_AT_ONCE);
		return new StepBuilder("takeInventory", this.repository).partitioner("sourceInventory", pending(runs))
			.step(sourceInventory(inventory))
			.aggregator(RunJob::withoutFailed)
			.taskExecutor(executor)
			.allowStartIfComplete(true)
			.build();
	}

	/**
	 * A source that failed is known from run_source; a step that failed could not be
	 * followed by another.
	 */
	private static void withoutFailed(StepExecution whole, Collection<StepExecution> sources) {
		new DefaultStepExecutionAggregator().aggregate(whole,
				sources.stream().filter((source) -> source.getStatus() != BatchStatus.FAILED).toList());
	}

	private Step sourceInventory(SourceInventory inventory) {
		return new StepBuilder("sourceInventory", this.repository).<Changes, Changes>chunk(BLOCKS)
			.transactionManager(this.transactions)
			.reader(inventory)
			.writer(inventory)
			.listener(inventory)
			.allowStartIfComplete(true)
			.build();
	}

	/** A partition for each source that has not been read yet. */
	private Partitioner pending(Runs runs) {
		return (size) -> {
			this.current.attempt().progress().step("takeInventory");
			Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
			for (RunSource source : runs.sources(this.current.row().id())) {
				if (source.status() == RunSource.Status.PENDING) {
					ExecutionContext context = new ExecutionContext();
					context.putString(SourceInventory.SOURCE, source.source());
					partitions.put(source.source(), context);
				}
			}
			return partitions;
		};
	}

	private Step runStep(String name, Consumer<Run> work) {
		return step(name, (execution) -> work.accept(this.current.row()));
	}

	/** A key to an execution, so that a stop is heard between two. */
	private Step disableKeys(DisableKeys disable) {
		return repeatedStep("disableKeys", (execution) -> RepeatStatus.continueIf(disable.next(this.current.row())));
	}

	/** A mail to an execution, likewise. */
	private Step sendNotices(SendNotices notices) {
		return repeatedStep("sendNotices", (execution) -> RepeatStatus
			.continueIf(notices.next(this.current.row(), execution.getCommitCount() == 0)));
	}

	private Step step(String name, Consumer<StepExecution> work) {
		return repeatedStep(name, (execution) -> {
			work.accept(execution);
			return RepeatStatus.FINISHED;
		});
	}

	/**
	 * The work opens its own transactions: a workbook or a mail does not hold one open.
	 */
	private Step repeatedStep(String name, Function<StepExecution, RepeatStatus> work) {
		DefaultTransactionAttribute none = new DefaultTransactionAttribute(
				TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		return new StepBuilder(name, this.repository).tasklet((contribution, context) -> {
			if (contribution.getStepExecution().getCommitCount() == 0) {
				this.current.attempt().progress().step(name);
			}
			return work.apply(contribution.getStepExecution());
		}, this.transactions).transactionAttribute(none).allowStartIfComplete(true).build();
	}

}
