package io.keysteward.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.keysteward.report.json.Field;
import io.keysteward.source.definition.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

	private static final List<Field<Listed>> FIELDS = List.of(new Field<>("definition", Listed::name),
			new Field<>("from", (each) -> each.entry().origin().from()), new Field<>("use", Listed::use),
			new Field<>("disables", (each) -> each.entry().disables()),
			new Field<>("follows", (each) -> each.entry().origin().follows()),
			new Field<>("tested_with", (each) -> each.entry().origin().tested()));

	private final ContextStarter application;

	@Option(names = OutputFormat.OPTION, paramLabel = "FORMAT", defaultValue = "text",
			description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	SourcesCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		OutputFormat wanted = OutputFormat.parse(this.format, OutputFormat.values());
		PrintWriter out = this.spec.commandLine().getOut();
		List<Listed> listed = Catalogue.names()
			.stream()
			.map((name) -> new Listed(name, Catalogue.entry("sources", name)))
			.toList();
		switch (wanted) {
			case TEXT -> print(listed, out);
			case JSON -> JsonAnswer.print("keysteward-sources", out, (json) -> json.list("sources", FIELDS, listed));
			case CSV -> CsvAnswer.print(FIELDS, listed, out);
		}
		return ExitCode.DONE.value();
	}

	private void print(List<Listed> listed, PrintWriter out) {
		out.printf(LINE, "definition", "from", "use", "disables", "follows", "tested with");
		listed.forEach((each) -> out.printf(LINE, each.name(), each.entry().origin().from(), each.use(),
				each.entry().disables() ? "reversibly" : "no", each.entry().origin().follows(),
				each.entry().origin().tested()));
		own(Catalogue.names(), this.application.configDirectory().resolve("sources"), out);
	}

	/**
	 * A definition of the catalogue.
	 */
	private record Listed(String name, Catalogue.Entry entry) {

		private String use() {
			return this.entry.definition().recorded().name().toLowerCase(Locale.ROOT);
		}

	}

	private static void own(List<String> names, Path sources, PrintWriter out) {
		names.stream()
			.filter((name) -> Files.isDirectory(sources.resolve(name)))
			.forEach((name) -> out
				.println("The folder " + sources.resolve(name) + " replaces the catalogue's " + name + "."));
	}

}
