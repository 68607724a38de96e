package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.keysteward.source.definition.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sources show}: prints the files of a definition of the catalogue.
 */
@Command(name = "show",
		description = { "Prints the files of a definition of the catalogue, and which documents it follows.",
				"The first lines show the entry for config/application.yaml." })
final class SourcesShowCommand implements Callable<Integer> {

	@Parameters(paramLabel = "NAME", description = "The definition's name, as sources lists it.")
	private String name;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	SourcesShowCommand() {
	}

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		Catalogue.Entry entry = Catalogue.entry("NAME:", this.name);
		out.println(entry.definition().title() + "; follows " + entry.origin().follows() + "; tested with "
				+ entry.origin().tested());
		entry.folder().texts().forEach((file, text) -> {
			out.println();
			out.println("---- " + file);
			out.print(text);
		});
		out.flush();
		return ExitCode.DONE.value();
	}

}
