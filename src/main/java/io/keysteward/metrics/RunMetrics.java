package io.keysteward.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.keysteward.run.Run;
import io.keysteward.run.RunStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Pushes how a run went, once it has ended. Whatever becomes of that, the run is what it
 * is: a receiver that is down costs seconds and one line.
 */
public class RunMetrics {

	private static final Logger logger = LoggerFactory.getLogger(RunMetrics.class);

	/** The exit code of a process that was ended by SIGTERM. */
	public static final int STOPPED = 143;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Whoever stops a process waits for it. */
	private static final Duration IN_HASTE = Duration.ofMillis(500);

	private final MetricsSettings settings;

	private final @Nullable String environment;

	private final StoredFigures stored;

	private final Clock clock;

	/**
	 * Reads the settings, and reaches nobody yet.
	 * @param environment which of several Keystewards it is; null: the only one
	 */
	public RunMetrics(MetricsSettings settings, @Nullable String environment, StoredFigures stored, Clock clock) {
		settings.check();
		this.settings = settings;
		this.environment = environment;
		this.stored = stored;
		this.clock = clock;
	}

	/**
	 * {@return where it pushes to, for people}
	 */
	public String places() {
		List<String> places = new ArrayList<>();
		if (this.settings.pushgateway() != null) {
			places.add("the Pushgateway " + this.settings.pushgateway());
		}
		if (this.settings.otlp() != null) {
			places.add("the OTLP receiver " + this.settings.otlp());
		}
		return places.isEmpty() ? "nothing is pushed" : "pushed to " + String.join(" and ", places) + " (not tried)";
	}

	/**
	 * Pushes the figures of a run that has ended. One that is narrowed says nothing of
	 * the whole, and pushes nothing.
	 * @param run asked for the run's row; null: it ended before there was one
	 * @param exitCode what the process is about to say
	 */
	public void push(Supplier<@Nullable Run> run, int exitCode) {
		if (!this.settings.isSet()) {
			return;
		}
		List<Figure> figures = new ArrayList<>();
		boolean stopped = exitCode == STOPPED;
		try {
			Run row = run.get();
			if (row != null && row.narrowed()) {
				return;
			}
			stopped |= row != null && row.status() == RunStatus.STOPPED;
			figures.addAll(ending(row, stopped ? STOPPED : exitCode));
			figures.addAll((row != null) ? this.stored.of(row) : List.of());
		}
		catch (DataAccessException ex) {
			logger.warn("metrics: what is stored of the run cannot be read; only its exit code is pushed");
			figures = ending(null, stopped ? STOPPED : exitCode);
		}
		Receivers.push(figures, this.settings, this.environment, stopped ? IN_HASTE : PATIENCE);
	}

	private List<Figure> ending(@Nullable Run run, int exitCode) {
		Instant end = (run != null && run.state().finishedAt() != null) ? run.state().finishedAt()
				: this.clock.instant();
		List<Figure> figures = new ArrayList<>();
		figures.add(Figure.of(Metric.LAST_RUN, end.toEpochMilli() / 1000.0));
		figures.add(Figure.of(Metric.LAST_RUN_EXIT_CODE, exitCode));
		if (run != null && run.status() == RunStatus.COMPLETE && exitCode == 0) {
			figures.add(Figure.of(Metric.LAST_SUCCESS, end.toEpochMilli() / 1000.0));
		}
		return figures;
	}

}
