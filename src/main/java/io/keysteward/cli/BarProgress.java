package io.keysteward.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress for a person at a terminal: a bar for each source while it is read, and the
 * time of every other step.
 */
final class BarProgress implements RunCommand.ClosableProgress {

	private final Map<String, ProgressBar> bars = new ConcurrentHashMap<>();

	@Override
	public void step(String step) {
		close();
		if (!step.equals("takeInventory")) {
			this.bars.put(step, bar(StepWords.of(step), 0));
		}
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
	 * The bar's end is the last run's count; without one the bar only counts.
	 */
	private static ProgressBar bar(String name, long expected) {
		ProgressBarBuilder bar = new ProgressBarBuilder().setTaskName(name)
			.setInitialMax((expected > 0) ? expected : -1)
			.setStyle(ProgressBarStyle.ASCII);
		return ((expected > 0) ? bar.setUnit(" keys", 1) : bar.hideEta()).build();
	}

}
