package io.keysteward.cli;

import io.keysteward.text.Failure;

/**
 * The exit codes of the process.
 */
enum ExitCode {

	/** Done. */
	DONE(0),

	/** Failed; trying again may help. */
	RETRY(1),

	/** Bad arguments, configuration, policy or source definition. */
	CONFIGURATION(2),

	/** Done, but disabling or owners' warnings were held for the whole run. */
	HELD(3),

	/** Another run is under way. */
	BUSY(4),

	/** This run is complete. */
	COMPLETE(5),

	/** Needs a person; the message names what to look at. */
	PERSON(6);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	int value() {
		return this.value;
	}

	static ExitCode of(Failure failure) {
		return switch (failure.kind()) {
			case RETRY -> RETRY;
			case CONFIGURATION -> CONFIGURATION;
			case BUSY -> BUSY;
			case COMPLETE -> COMPLETE;
			case PERSON -> PERSON;
		};
	}

}
