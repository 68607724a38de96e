package io.keysteward.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;

import io.keysteward.insight.ActionHistory;
import io.keysteward.insight.FoundKey;
import io.keysteward.insight.KeyFinder;
import io.keysteward.insight.KeyHistory;
import io.keysteward.insight.KeySearch;
import io.keysteward.job.RunRequest;
import io.keysteward.key.Level;
import io.keysteward.run.Gate;
import io.keysteward.run.PolicyDocument;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code find}: shows keys of an inventory.
 */
@Command(name = "find", description = {
		"Finds keys of the last inventory by a part of their id, name, project, owner or mask.",
		"SOURCE/ID finds the one key; options find keys by what is wrong with them, whose they are, what holds them,",
		"and all conditions must be met. Says when it was created and last used, what is wrong with it and why,",
		"whether it is exempt or held, from when it may be disabled, what became of it from run to run, what was",
		"done to it, and who was told." })
final class FindCommand implements Callable<Integer> {

	private static final String RULE = "--rule";

	private static final String DUE_BEFORE = "--due-before";

	private final ContextStarter application;

	@Parameters(paramLabel = "TEXT", arity = "0..1",
			description = "What to look for, literally; upper and lower case are the same.")
	private @Nullable String text;

	@Option(names = RULE, paramLabel = "RULE",
			description = "Keys with a finding of this rule, such as IDLE, UNNAMED, ORPHANED or AGED.")
	private @Nullable String rule;

	@Option(names = "--level", paramLabel = "LEVEL",
			description = "Keys with an open finding at this level: ${COMPLETION-CANDIDATES}.")
	private @Nullable Level level;

	@Option(names = "--owner", paramLabel = "OWNER", description = "Keys of this owner: the whole id, name or address.")
	private @Nullable String owner;

	@Option(names = "--project", paramLabel = "PROJECT", description = "Keys of this project: the whole id or name.")
	private @Nullable String project;

	@Option(names = "--source", paramLabel = "SOURCE", description = "Keys of this source.")
	private @Nullable String source;

	@Option(names = "--gate", paramLabel = "GATE", description = "Keys that this gate holds: ${COMPLETION-CANDIDATES}.")
	private @Nullable Gate gate;

	@Option(names = DUE_BEFORE, paramLabel = "DAY",
			description = "Keys that may be disabled before this day, such as 2026-12-24 (UTC), if nobody uses them.")
	private @Nullable String dueBefore;

	@Option(names = OutputFormat.OPTION, paramLabel = "FORMAT", defaultValue = "text",
			description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20",
			description = "The most keys to show, 1 to 10000. Default: ${DEFAULT-VALUE}.")
	private String limit;

	@Option(names = "--run-key", paramLabel = "KEY",
			description = "The run whose inventory is searched; nothing that later runs saw or did is shown."
					+ " Default: the last complete run, and all that happened until now.")
	private @Nullable String runKey;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	FindCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		int most = WholeNumber.parse("--limit", this.limit, 10_000);
		OutputFormat wanted = OutputFormat.parse(this.format, OutputFormat.values());
		KeySearch search = search();
		if (this.runKey != null) {
			RunRequest.requireRunKey(this.runKey);
		}
		try (ConfigurableApplicationContext context = this.application.read()) {
			Run run = KeptRun.searched(context, this.runKey);
			requireRule(run);
			requireSource(run);
			List<FoundKey> keys = context.getBean(KeyFinder.class).find(run.id(), search, most + 1);
			List<FoundKey> shown = keys.subList(0, Math.min(most, keys.size()));
			PrintWriter out = this.spec.commandLine().getOut();
			switch (wanted) {
				case TEXT -> print(run, search, keys, most, context, out);
				case JSON -> JsonAnswer.print("keysteward-keys", out, (json) -> {
					json.field("run_key", run.key());
					json.field("as_of", run.asOf());
					json.field("more", keys.size() > most);
					json.list("keys", FoundKeyFields.FIELDS, shown);
				});
				case CSV -> CsvAnswer.print(FoundKeyFields.FIELDS, shown, out);
			}
		}
		return ExitCode.DONE.value();
	}

	private KeySearch search() {
		if (this.text != null && this.text.isBlank()) {
			throw Failure.configuration("TEXT: '' is not allowed; give a part of an id, name, project, owner or mask");
		}
		requireWritten("--owner", this.owner);
		requireWritten("--project", this.project);
		KeySearch search = new KeySearch(this.text, this.rule, this.level, this.owner, this.project, this.source,
				this.gate, day(this.dueBefore));
		if (search.isEmpty()) {
			throw Failure.configuration("TEXT: is missing; give a part of an id, name, project, owner or mask, or an"
					+ " option such as --rule=IDLE (find --help lists them)");
		}
		return search;
	}

	private static @Nullable LocalDate day(@Nullable String written) {
		try {
			return (written != null) ? LocalDate.parse(written) : null;
		}
		catch (DateTimeParseException ex) {
			throw Failure.configuration(DUE_BEFORE + ": '" + SafeText.visible(String.valueOf(written))
					+ "' is not allowed; write a day, such as 2026-12-24");
		}
	}

	private void requireSource(Run run) {
		if (this.source != null && !run.sources().contains(this.source)) {
			throw Failure.configuration("--source: run " + run.key() + " has no source '"
					+ SafeText.visible(this.source) + "'; it has: " + String.join(", ", run.sources()) + "."
					+ NearestWord.question(this.source, run.sources()));
		}
	}

	private static void requireWritten(String option, @Nullable String value) {
		if (value != null && value.isBlank()) {
			throw Failure.configuration(option + ": '' is not allowed; give an id or a name, or leave the option out");
		}
	}

	private void requireRule(Run run) {
		List<String> allowed = run.policy().rules().stream().map(PolicyDocument.RuleText::code).sorted().toList();
		if (this.rule != null && !allowed.contains(this.rule)) {
			throw Failure.configuration(RULE + ": '" + SafeText.visible(this.rule) + "' is not allowed; allowed: "
					+ String.join(", ", allowed) + "." + NearestWord.question(this.rule, allowed));
		}
	}

	private void print(Run run, KeySearch search, List<FoundKey> keys, int most, ConfigurableApplicationContext context,
			PrintWriter out) {
		ActionHistory actions = context.getBean(ActionHistory.class);
		keys.stream().limit(most).forEach((key) -> {
			KeyHistory history = (this.runKey != null) ? actions.readAsOf(key, run) : actions.read(key, run);
			FoundKeyText.print(key, history.status(), out);
			print(history, out);
			out.println();
		});
		String more = (keys.size() > most) ? "The first " + ((most > 1) ? most + " keys" : "key")
				: Plural.of(keys.size(), "key");
		out.println(more + " with " + search.words() + " in the inventory of run " + run.key() + ", as of "
				+ UtcMinute.of(run.asOf()) + ".");
		KeptRun.missing(run, context.getBean(Runs.class).sources(run.id())).forEach(out::println);
	}

	private static void print(KeyHistory history, PrintWriter out) {
		if (history.disabling() != null) {
			out.println("  disabling  " + history.disabling());
		}
		history.events()
			.forEach((event) -> out.println("  history    " + UtcMinute.of(event.at()) + "  " + event.words()));
		if (history.hasOlder()) {
			out.println("  history    " + FoundKeyText.OLDER);
		}
	}

}
