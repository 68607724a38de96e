package io.keysteward.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar of the rehearsed nights, for a person at a terminal.
 */
final class RehearsalProgress implements AutoCloseable {

	private final @Nullable ProgressBar bar;

	RehearsalProgress(int nights) {
		this.bar = (System.console() != null) ? new ProgressBarBuilder().setTaskName("rehearse")
			.setInitialMax(nights)
			.setUnit(" nights", 1)
			.setStyle(ProgressBarStyle.ASCII)
			.build() : null;
	}

	void night(int number) {
		if (this.bar != null) {
			this.bar.stepTo(number);
		}
	}

	@Override
	public void close() {
		if (this.bar != null) {
			this.bar.close();
		}
	}

}
