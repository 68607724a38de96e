package io.keysteward.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress for a log: a line every ten seconds while the command works.
 */
final class LogProgress implements RunCommand.ClosableProgress {

	private static final Logger logger = LoggerFactory.getLogger(LogProgress.class);

	private static final Duration EVERY = Duration.ofSeconds(10);

	private final Map<String, Long> rows = new ConcurrentSkipListMap<>();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "progress");
		thread.setDaemon(true);
		return thread;
	});

	private volatile String step = "starting";

	LogProgress() {
		this.clock.scheduleAtFixedRate(this::logProgress, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
	}

	@Override
	public void step(String step) {
		this.step = StepWords.of(step);
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

	private void logProgress() {
		logger.info(line());
	}

	private String line() {
		String stored = this.rows.entrySet()
			.stream()
			.map((source) -> Plural.of(source.getValue(), "key") + " of " + source.getKey())
			.collect(Collectors.joining(", "));
		return "still " + this.step + (stored.isEmpty() ? "" : "; stored so far: " + stored);
	}

}
