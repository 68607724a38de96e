package io.keysteward.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress for a person at a terminal: a bar for each source that is being read.
 */
final class BarProgress implements RunCommand.PeopleProgress {

	private final Map<String, ProgressBar> bars = new ConcurrentHashMap<>();

	@Override
	public void step(String step) {
		close();
	}

	@Override
	public void rows(String source, long rows, long expected) {
		this.bars.computeIfAbsent(source, (name) -> bar(name, expected)).stepTo(rows);
	}

	@Override
	public void close() {
		this.bars.values().forEach(ProgressBar::close);
		this.bars.clear();
	}

	/**
	 * The last run's count is the best guess there is; without one the bar only counts.
	 */
	private static ProgressBar bar(String source, long expected) {
		return new ProgressBarBuilder().setTaskName(source)
			.setInitialMax((expected > 0) ? expected : -1)
			.setUnit(" keys", 1)
			.setStyle(ProgressBarStyle.ASCII)
			.build();
	}

}
