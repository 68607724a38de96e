package io.keysteward.endurance;

import java.time.Duration;

import io.keysteward.TestDatabase;

/**
 * A point in a run at which something happens to its process.
 *
 * @param step where it is expected to fall
 * @param name what the run is about to do there
 * @param watch how to wait for it
 */
record Point(String step, String name, Watch watch) {

	/** How to wait for a point. */
	interface Watch {

		PausePoint on(Company company) throws Exception;

	}

	/** Before a change in the governance database; the server drops it. */
	static Point governance(String step, String name, String trigger) {
		return new Point(step, name,
				(company) -> PausePoint.sign(company.register.governanceDatabase(), trigger, true));
	}

	/** Likewise; the server finishes what it was asked for. */
	static Point finished(String step, String name, String trigger) {
		return new Point(step, name + ", finished",
				(company) -> PausePoint.sign(company.register.governanceDatabase(), trigger, false));
	}

	/** Before a change in the source {@code console}. */
	static Point source(String step, String name, String trigger, boolean rollback) {
		return new Point(step, name + (rollback ? "" : ", finished"), (company) -> {
			TestDatabase keys = company.register.keysDatabase();
			return PausePoint.sign(keys, trigger, rollback);
		});
	}

	/** Before Spring Batch notes that a step has ended. */
	static Point done(String step, String execution) {
		return governance(step, "it is noted as done", PausePoint.done(execution));
	}

	static Point done(String step) {
		return done(step, step);
	}

	/** Some time into a step. */
	static Point into(String step, long millis) {
		return new Point(step, millis + " ms in",
				(company) -> PausePoint.into(company.register.governanceDatabase(), step, Duration.ofMillis(millis)));
	}

	/** At any time. */
	static Point after(long millis) {
		return new Point("any", millis + " ms after the start",
				(company) -> PausePoint.after(Duration.ofMillis(millis)));
	}

	boolean anywhere() {
		return this.step.equals("any");
	}

	@Override
	public String toString() {
		return this.step + ": " + this.name;
	}

}
