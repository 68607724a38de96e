package io.keysteward.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.keysteward.source.definition.Catalogue;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sources copy}: copies a definition of the catalogue into a new folder.
 */
@Command(name = "copy",
		description = { "Copies a definition of the catalogue into your own folder, so that you can change it.",
				"The copy replaces the catalogue's definition. An existing folder is not overwritten." })
final class SourcesCopyCommand implements Callable<Integer> {

	private final ContextStarter application;

	@Parameters(paramLabel = "NAME", description = "The definition's name, as sources lists it.")
	private String name;

	@Option(names = "--to", paramLabel = "DIR",
			description = "Where the folder NAME is made. Default: sources in the configuration directory.")
	private @Nullable Path to;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	SourcesCopyCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		Catalogue.Entry entry = Catalogue.entry("NAME:", this.name);
		Path folder = new NewFolder(this.application, this.to).write(this.name, entry.folder().texts());
		this.spec.commandLine()
			.getOut()
			.println(Plural.of(entry.folder().texts().size(), "file") + " copied to " + folder);
		return ExitCode.DONE.value();
	}

}
