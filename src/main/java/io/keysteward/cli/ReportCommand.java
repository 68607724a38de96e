package io.keysteward.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.keysteward.job.ReportSteps;
import io.keysteward.job.RunRequest;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.ReportFormats;
import io.keysteward.report.WrittenReport;
import io.keysteward.report.workbook.InventoryList;
import io.keysteward.run.Run;
import io.keysteward.run.StoredReport;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code report}: writes a past run's report again, in one format.
 */
@Command(name = "report", description = { "Writes a past run's report again, from what is stored of it.",
		"A file that is there already is never overwritten; nothing is mailed." })
final class ReportCommand implements Callable<Integer> {

	private static final String NO_REPORT = "it has no report. The next run's has it on its sheet Actions";

	private static final String OUTPUT = "--output";

	private static final String FORMAT = "--format";

	private static final String INVENTORY = "--inventory";

	private final ContextStarter application;

	@Option(names = "--run-key", paramLabel = "KEY", required = true,
			description = "The run; the command runs lists them.")
	private String runKey;

	@Option(names = FORMAT, paramLabel = "FORMAT", defaultValue = "workbook",
			description = "workbook, json, ocsf or html. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Option(names = OUTPUT, paramLabel = "FILE",
			description = "Where to. Default: its own name in the report directory, such as keysteward-2026-11-23.xlsx.")
	private @Nullable String output;

	@Option(names = INVENTORY, paramLabel = "FILE.csv",
			description = { "Writes the list of all keys as CSV to this file, and no report.",
					"Import it with its columns as text: opened by a double click, ids such as 000123 change." })
	private @Nullable String inventory;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	ReportCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		RunRequest.requireRunKey(this.runKey);
		requireOneOfThem();
		try (ConfigurableApplicationContext context = this.application.read()) {
			WrittenReport written = (this.inventory != null) ? inventory(context, this.inventory) : report(context);
			this.spec.commandLine().getOut().println(written.file() + " SHA-256 " + written.sha256());
		}
		return ExitCode.DONE.value();
	}

	private WrittenReport report(ConfigurableApplicationContext context) {
		ReportFormat wanted = context.getBean(ReportFormats.class).require("--format", this.format);
		Run run = run(context, wanted);
		ReportSteps reporting = context.getBean(ReportSteps.class);
		if (this.output != null) {
			return write(reporting, run, wanted, file(OUTPUT, this.output), OUTPUT);
		}
		Path target = reporting.place(run, wanted);
		requireNew("--run-key: the report", target, OUTPUT);
		return reporting.writeAgain(run, wanted, target, ReportSteps.DIRECTORY);
	}

	private WrittenReport inventory(ConfigurableApplicationContext context, String file) {
		Run run = KeptRun.require(context, this.runKey, KeptRun.READ_NOTHING,
				(dropped) -> "its list of all keys is gone with it");
		return write(context.getBean(ReportSteps.class), run, new InventoryList(), file(INVENTORY, file), INVENTORY);
	}

	private static WrittenReport write(ReportSteps reporting, Run run, ReportFormat format, Path target,
			String option) {
		requireNew(option + ":", target, option);
		return reporting.writeAgain(run, format, target, option);
	}

	private static void requireNew(String what, Path target, String option) {
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
			throw Failure.configuration(what + " '" + target + "' is there already, and may be what was mailed; name"
					+ " another file with " + option + ", or move it away");
		}
	}

	private void requireOneOfThem() {
		if (this.inventory == null) {
			return;
		}
		for (String option : List.of(OUTPUT, FORMAT)) {
			if (this.spec.commandLine().getParseResult().hasMatchedOption(option)) {
				throw Failure
					.configuration(option + ": not with --inventory, which writes no report; leave one of them out");
			}
		}
	}

	private static Path file(String option, String written) {
		if (written.isBlank()) {
			throw Failure.configuration(option + ": '' is not allowed; name a file, or leave the option out");
		}
		try {
			Path target = Path.of(written).toAbsolutePath().normalize();
			Path directory = target.getParent();
			if (directory != null && !Files.isDirectory(directory)) {
				throw Failure.configuration(option + ": there is no directory '" + directory + "'; make it first");
			}
			return target;
		}
		catch (InvalidPathException ex) {
			throw Failure
				.configuration(option + ": '" + SafeText.visible(written) + "' cannot be a file's name; name another");
		}
	}

	private Run run(ConfigurableApplicationContext context, ReportFormat wanted) {
		return KeptRun.require(context, this.runKey, NO_REPORT,
				(run) -> run.report(wanted.word())
					.map(StoredReport::path)
					.map((path) -> "its " + wanted.title() + " was " + path)
					.orElse("its " + wanted.title() + " is not kept either (keysteward.report.keep)"));
	}

}
