package io.keysteward.job;

import io.keysteward.metrics.RunMetrics;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the metrics how the run ended, once: the command does when it knows the exit
 * code, and SIGTERM does where the process ends before that.
 */
@Component
public class RunMetricsPublisher implements SmartLifecycle {

	private final ActiveRun current;

	/** Made when they are needed: this is made for commands that have no use for them. */
	private final ObjectProvider<RunMetrics> metrics;

	private boolean published;

	private volatile boolean started;

	RunMetricsPublisher(ActiveRun current, ObjectProvider<RunMetrics> metrics) {
		this.current = current;
		this.metrics = metrics;
	}

	/**
	 * Says how the run of this process ended. A run that was refused before it began, or
	 * another one that is under way, leaves the last run's figures alone.
	 * @param exitCode the command's
	 */
	public synchronized void publish(int exitCode) {
		if (!this.published && this.current.begun()) {
			this.published = true;
			this.metrics.getObject().push(() -> this.current.stored().orElse(null), exitCode);
		}
	}

	@Override
	public void start() {
		this.started = true;
	}

	/** Where nothing was published yet, a signal ends the process. */
	@Override
	public void stop() {
		this.started = false;
		publish(RunMetrics.STOPPED);
	}

	@Override
	public boolean isRunning() {
		return this.started;
	}

	/** After {@link RunShutdown}, before the database is closed. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

}
