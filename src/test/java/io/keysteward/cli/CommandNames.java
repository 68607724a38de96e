package io.keysteward.cli;

import java.util.List;
import java.util.Map;

import picocli.CommandLine;

/**
 * The names of all commands, in the order of the help.
 */
public final class CommandNames {

	private CommandNames() {
	}

	public static List<String> all() {
		return KeystewardCli.commands(new ContextStarter(Map.of(), null))
			.stream()
			.map((command) -> (command instanceof CommandLine line) ? line : new CommandLine(command))
			.map(CommandLine::getCommandName)
			.toList();
	}

}
