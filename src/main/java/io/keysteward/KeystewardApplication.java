package io.keysteward;

import io.keysteward.cli.Keysteward;

/**
 * Starts the command line and ends the process with its exit code.
 */
public final class KeystewardApplication {

	private KeystewardApplication() {
	}

	public static void main(String[] args) {
		System.exit(new Keysteward().execute(args));
	}

}
