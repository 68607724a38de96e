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
 * Pushes a run's figures at its end. A receiver that is down costs seconds and one log
 * line, and never changes the run's result.
 */
public class RunMetrics {

	private static final Logger logger = LoggerFactory.getLogger(RunMetrics.class);

	/** The exit code after SIGTERM. */
	public static final int STOPPED = 143;

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** After SIGTERM, somebody waits for the process. */
	private static final Duration STOPPED_TIMEOUT = Duration.ofMillis(500);

	private final MetricsSettings settings;

	private final @Nullable String environment;

	private final StoredFigures stored;

	private final Clock clock;

	/**
	 * Checks the settings, and connects to nothing.
	 * @param environment the name of this installation; null: the only one
	 */
	public RunMetrics(MetricsSettings settings, @Nullable String environment, StoredFigures stored, Clock clock) {
		settings.check();
		this.settings = settings;
		this.environment = environment;
		this.stored = stored;
		this.clock = clock;
	}

	/**
	 * {@return the receivers, as text for people}
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
	 * Pushes the figures of a run that has ended. A narrowed run pushes nothing, since it
	 * covers only a part.
	 * @param run supplies the run's row; null: the run ended before it had one
	 * @param exitCode the exit code of the process
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
			figures.addAll((row != null) ? this.stored.count(row) : List.of());
		}
		catch (DataAccessException ex) {
			logger.warn("metrics: what is stored of the run cannot be read; only its exit code is pushed");
			figures = ending(null, stopped ? STOPPED : exitCode);
		}
		Receivers.push(figures, this.settings, this.environment, stopped ? STOPPED_TIMEOUT : TIMEOUT);
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
