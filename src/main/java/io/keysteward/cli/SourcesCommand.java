package io.keysteward.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.keysteward.source.definition.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code sources}: the definitions that come with Keysteward. It needs neither a database
 * nor a configuration.
 */
@Command(name = "sources",
		description = { "Lists the catalogue: definitions of systems, for which you need no files of your",
				"own. For each: where its keys are read from, whether their use is known, whether",
				"keys can be disabled reversibly, which documents it follows, and what it was",
				"tested with. To govern a system, write the name as the definition of a source in",
				"config/application.yaml; show prints the other settings. A folder of the same name",
				"in config/sources replaces the definition." })
final class SourcesCommand implements Callable<Integer> {

	private static final String LINE = "%-26s %-11s %-8s %-11s %-46s %s%n";

	private final ContextStarter application;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	SourcesCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		out.printf(LINE, "definition", "from", "use", "disables", "follows", "tested with");
		for (String name : Catalogue.names()) {
			Catalogue.Entry entry = Catalogue.entry("sources", name);
			out.printf(LINE, name, entry.origin().from(), entry.definition().recorded().name().toLowerCase(Locale.ROOT),
					entry.disables() ? "reversibly" : "no", entry.origin().follows(), entry.origin().tested());
		}
		own(Catalogue.names(), this.application.configDirectory().resolve("sources"), out);
		return ExitCode.DONE.value();
	}

	private static void own(List<String> names, Path sources, PrintWriter out) {
		names.stream()
			.filter((name) -> Files.isDirectory(sources.resolve(name)))
			.forEach((name) -> out
				.println("The folder " + sources.resolve(name) + " replaces the catalogue's " + name + "."));
	}

}
