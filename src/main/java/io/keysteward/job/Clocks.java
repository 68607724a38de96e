package io.keysteward.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;

import io.keysteward.run.Run;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import io.keysteward.text.UtcMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares this machine's clock with the others: if it differs from two of them, it is
 * wrong, and nothing may be judged by it.
 */
@Component
public class Clocks {

	private static final Logger logger = LoggerFactory.getLogger(Clocks.class);

	private static final Duration MOST = Duration.ofMinutes(5);

	private final JdbcClient jdbc;

	private final Clock clock;

	Clocks(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Compares them. A source is asked only where the governance database differs; one
	 * that does not answer says nothing.
	 * @param sources the sources that are to be read
	 * @throws Failure where our clock is wrong
	 */
	public void requireRight(Supplier<List<KeySource>> sources) {
		Instant governance = this.jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
		if (!differs(governance)) {
			return;
		}
		for (KeySource source : sources.get()) {
			requireRight(governance, source);
		}
		logger.warn(
				"the clock of the governance database differs from this machine's: by it it is {}, here {}; no source"
						+ " bears it out: correct the governance database's clock",
				UtcMinute.of(governance), UtcMinute.of(this.clock.instant()));
	}

	/**
	 * Refuses a run that was opened by a clock that was ahead: whoever continues it
	 * judges by it, too.
	 */
	void requireCome(Run run) {
		if (run.asOf().isAfter(this.clock.instant().plus(MOST))) {
			throw Failure.person("run " + run.key() + " was opened by a clock that was ahead, as of " + run.asOf()
					+ ", and now it is " + this.clock.instant() + "; set it aside: runs --set-aside=" + run.key()
					+ " --reason=TEXT, then start another run");
		}
	}

	private void requireRight(Instant governance, KeySource source) {
		Instant now;
		try {
			now = source.now();
		}
		catch (Failure failure) {
			return;
		}
		if (differs(now)) {
			throw Failure.person("the clock of this machine is wrong: by it it is " + UtcMinute.of(this.clock.instant())
					+ ", by the governance database's " + UtcMinute.of(governance) + ", by that of source '"
					+ source.id() + "' " + UtcMinute.of(now)
					+ "; nothing was judged or mailed: correct the clock, then start again; a"
					+ " run that was judged by a wrong clock is set aside by runs --set-aside=KEY --reason=TEXT");
		}
	}

	private boolean differs(Instant other) {
		return Duration.between(this.clock.instant(), other).abs().compareTo(MOST) > 0;
	}

}
