package io.keysteward.faults;

import java.util.function.Consumer;

/**
 * What happens to a line.
 */
enum Fault {

	/** All connections end before the server sees the statement; new ones are made. */
	CUT(false, Wire::cut),

	/** All connections end when the server has done it, before it can say so. */
	ANSWER_LOST(true, Wire::cut),

	/** That one connection ends, as if somebody had ended its session. */
	ONE_CUT(false, Wire::cutOne),

	/** That one ends when the server has done it, before it can say so. */
	ONE_ANSWER_LOST(true, Wire::cutOne),

	/** The server is gone until after the process has ended. */
	GONE(false, Wire::refuse),

	/** Nothing comes through any more, and nothing ends. */
	SILENT(false, Wire::fallSilent);

	private final boolean done;

	private final Consumer<Wire> effect;

	Fault(boolean done, Consumer<Wire> effect) {
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
	void lieInWait(Wire wire, String... statements) {
		wire.when(this.done, () -> this.effect.accept(wire), statements);
	}

}
