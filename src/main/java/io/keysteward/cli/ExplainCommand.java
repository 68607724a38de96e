package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.keysteward.insight.KeyExplainer;
import io.keysteward.insight.KeyExplanation;
import io.keysteward.insight.KeyFinder;
import io.keysteward.job.RunRequest;
import io.keysteward.key.KeyId;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code explain}: says why a key is treated as it is.
 */
@Command(name = "explain", description = { "Says why one key is, or is not, disabled.",
		"First what becomes of it and what decides that; then what each gate says with its values, what would open it and",
		"when, what each rule says with its numbers, what was done to the key, and who was told.",
		"It reads what the run has stored, and judges nothing again." })
final class ExplainCommand implements Callable<Integer> {

	private final ContextStarter application;

	@Parameters(paramLabel = "SOURCE/ID", description = "The key; find TEXT looks for it.")
	private String key;

	@Option(names = "--run-key", paramLabel = "KEY",
			description = "The run that is explained, as of then. Default: the last complete run, and all that happened since.")
	private @Nullable String runKey;

	@Option(names = OutputFormat.OPTION, paramLabel = "FORMAT", defaultValue = "text",
			description = "text or json. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	ExplainCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		OutputFormat wanted = OutputFormat.parse(this.format, OutputFormat.TEXT, OutputFormat.JSON);
		KeyId id = id(this.key);
		if (this.runKey != null) {
			RunRequest.requireRunKey(this.runKey);
		}
		try (ConfigurableApplicationContext context = this.application.read()) {
			Run run = KeptRun.searched(context, this.runKey);
			KeyExplanation explanation = explain(context, run, id);
			PrintWriter out = this.spec.commandLine().getOut();
			if (wanted == OutputFormat.JSON) {
				ExplanationJson.print(explanation, out);
			}
			else {
				ExplanationText.print(explanation, out);
			}
		}
		return ExitCode.DONE.value();
	}

	private KeyExplanation explain(ConfigurableApplicationContext context, Run run, KeyId id) {
		KeyExplainer explainer = context.getBean(KeyExplainer.class);
		return context.getBean(KeyFinder.class)
			.get(run.id(), id)
			.map((found) -> (this.runKey != null) ? explainer.explainAsOf(run, found) : explainer.explain(run, found))
			.orElseThrow(() -> notThere(run, context.getBean(Runs.class)));
	}

	private Failure notThere(Run run, Runs runs) {
		String missing = String.join(" ", KeptRun.missing(run, runs.sources(run.id())));
		return Failure.configuration("SOURCE/ID: there is no key '" + SafeText.visible(this.key)
				+ "' in the inventory of run " + run.key() + "; find TEXT looks for keys by a part of their id, and "
				+ "--run-key=KEY searches an earlier run" + (missing.isEmpty() ? "" : ". " + missing));
	}

	/** A source's id has no slash, and a key's may. */
	private static KeyId id(String written) {
		int slash = written.indexOf('/');
		if (slash < 1 || slash == written.length() - 1) {
			throw Failure.configuration("SOURCE/ID: '" + SafeText.visible(written)
					+ "' is not allowed; write the source's id, a slash and the key's id, such as console/ak_17");
		}
		return new KeyId(written.substring(0, slash), written.substring(slash + 1));
	}

}
