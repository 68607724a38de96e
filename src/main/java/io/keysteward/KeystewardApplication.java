package io.keysteward;

import io.keysteward.cli.KeystewardCli;

/**
 * Starts the command line and ends the process with its exit code.
 */
public final class KeystewardApplication {

	private KeystewardApplication() {
	}

	public static void main(String[] args) {
		System.exit(new KeystewardCli().execute(args));
	}

}
