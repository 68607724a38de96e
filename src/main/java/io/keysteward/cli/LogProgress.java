package io.keysteward.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress for a log: a line every ten seconds while there is something to say.
 */
final class LogProgress implements RunCommand.PeopleProgress {

	private static final Logger logger = LoggerFactory.getLogger(LogProgress.class);

	private static final Duration EVERY = Duration.ofSeconds(10);

	private final Map<String, Long> rows = new ConcurrentSkipListMap<>();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "progress");
		thread.setDaemon(true);
		return thread;
	});

	private volatile String step = "start";

	LogProgress() {
		this.clock.scheduleAtFixedRate(this::say, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
	}

	@Override
	public void step(String step) {
		this.step = step;
		this.rows.clear();
	}

	@Override
	public void rows(String source, long rows, long expected) {
		this.rows.put(source, rows);
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

	private void say() {
		logger.info("{} is under way{}", this.step, this.rows.isEmpty() ? "" : "; keys stored: " + this.rows);
	}

}
