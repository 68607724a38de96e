package io.keysteward.faults;

import java.util.function.Consumer;

/**
 * What happens to a line.
 */
enum Fault {

	/** All connections end before the server sees the statement; new ones are made. */
	CUT(false, FaultyProxy::cut),

	/** All connections end when the server has done it, before it can say so. */
	ANSWER_LOST(true, FaultyProxy::cut),

	/** That one connection ends, as if somebody had ended its session. */
	ONE_CUT(false, FaultyProxy::cutOne),

	/** That one ends when the server has done it, before it can say so. */
	ONE_ANSWER_LOST(true, FaultyProxy::cutOne),

	/** The server is gone until after the process has ended. */
	GONE(false, FaultyProxy::refuse),

	/** Nothing comes through any more, and nothing ends. */
	SILENT(false, FaultyProxy::fallSilent);

	private final boolean done;

	private final Consumer<FaultyProxy> effect;

	Fault(boolean done, Consumer<FaultyProxy> effect) {
		this.done = done;
		this.effect = effect;
	}

	/**
	 * {@return whether the server has done the statement at which it happens}
	 */
	boolean done() {
		return this.done;
	}

	/** Happens when these statements have come, one after the other. */
	void lieInWait(FaultyProxy wire, String... statements) {
		wire.when(this.done, () -> this.effect.accept(wire), statements);
	}

}
