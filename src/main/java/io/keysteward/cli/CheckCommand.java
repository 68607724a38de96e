package io.keysteward.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.keysteward.config.Readiness;
import io.keysteward.notice.mail.TestMail;
import io.keysteward.notice.webhook.Delivery;
import io.keysteward.notice.webhook.TestMessage;
import io.keysteward.report.json.Field;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code check}: what would fail tonight.
 */
@Command(name = "check", description = {
		"Tries what tonight's run needs, but for metrics receivers, and changes nothing.",
		"Configuration, governance database, policy, each source (connection, probe, columns, rights), exemptions,"
				+ " report directory, mail server, channels. Every key of each source is read and judged, disabling is rehearsed with one key of each source that can"
				+ " disable and rolled back, and nothing is stored." + " Exit code 0 if all of it is well." })
final class CheckCommand implements Callable<Integer> {

	private static final long FEW_KEYS = 1000;

	private static final List<Field<Part>> FIELDS = List.of(new Field<>("part", Part::part),
			new Field<>("state", Part::state), new Field<>("line", Part::line));

	private static final String TEST_MAIL = "--send-test-mail";

	private static final String TEST_MESSAGE = "--send-test-message";

	private final ContextStarter application;

	@Option(names = "--quick", description = "Reads the first thousand keys of each source only.")
	private boolean quick;

	@Option(names = TEST_MAIL, paramLabel = "ADDRESS",
			description = "If all is well, also sends one mail to this address, as every other mail is sent.")
	private @Nullable String testMail;

	@Option(names = TEST_MESSAGE, paramLabel = "CHANNEL",
			description = "If all is well, also posts one message to this channel of keysteward.channels.")
	private @Nullable String testMessage;

	@Option(names = OutputFormat.OPTION, paramLabel = "FORMAT", defaultValue = "text",
			description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
	private String format;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	CheckCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		OutputFormat wanted = OutputFormat.parse(this.format, OutputFormat.values());
		PrintWriter out = this.spec.commandLine().getOut();
		try (ConfigurableApplicationContext context = this.application.startReadOnly()) {
			Outcome outcome = new Outcome(this.application, (part) -> {
				if (wanted == OutputFormat.TEXT) {
					out.printf("%-5s %-28s %s%n", part.state().word, part.part(), part.line());
				}
			});
			new Readiness(context).check(outcome, this.quick ? FEW_KEYS : Long.MAX_VALUE);
			if (this.testMail != null) {
				String address = this.testMail;
				sendTest("test mail", outcome, () -> sendTestMail(context, address));
			}
			if (this.testMessage != null) {
				String channel = this.testMessage;
				sendTest("test message", outcome, () -> sendTestMessage(context, channel));
			}
			boolean ready = outcome.worst == null;
			switch (wanted) {
				case TEXT -> out.println(ready ? "Ready." : "Not ready.");
				case JSON -> JsonAnswer.print("keysteward-check", out, (json) -> {
					json.field("ready", ready);
					json.list("parts", FIELDS, outcome.parts);
				});
				case CSV -> CsvAnswer.print(FIELDS, outcome.parts, out);
			}
			return ((outcome.worst != null) ? ExitCode.of(outcome.worst) : ExitCode.DONE).value();
		}
	}

	private static void sendTest(String part, Outcome outcome, Supplier<String> sending) {
		if (outcome.worst != null) {
			outcome.add(new Part(part, State.NOT_TRIED, "not sent: something above is to be corrected first"));
			return;
		}
		try {
			outcome.passed(part, sending.get());
		}
		catch (Failure ex) {
			outcome.failed(part, ex);
		}
	}

	private static String sendTestMail(ConfigurableApplicationContext context, String address) {
		context.getBean(TestMail.class).send(TEST_MAIL, address, StartedBy.of(null).requestedBy());
		return "the mail server has taken it for " + SafeText.visible(address)
				+ "; see whether it arrives, and not among the spam";
	}

	private static String sendTestMessage(ConfigurableApplicationContext context, String channel) {
		Delivery delivery = context.getBean(TestMessage.class)
			.send(TEST_MESSAGE, channel, StartedBy.of(null).requestedBy());
		return (delivery.proven() ? "the channel has posted it" : delivery.detail()) + "; see whether it is there";
	}

	/**
	 * How the check of a part ended.
	 */
	private enum State {

		/** It is as it should be. */
		OK("ok"),

		/** It may be meant. */
		WARN("WARN"),

		/** A run would fail. */
		FAIL("FAIL"),

		/** Something before it fails. */
		NOT_TRIED("-");

		private final String word;

		State(String word) {
			this.word = word;
		}

	}

	/**
	 * A part that was checked.
	 */
	private record Part(String part, State state, String line) {
	}

	/**
	 * Passes on each part after its check, and keeps the failure for the exit code.
	 */
	private static final class Outcome implements Readiness.Listener {

		private final ContextStarter application;

		private final Consumer<Part> each;

		private final List<Part> parts = new ArrayList<>();

		/** The part of each failure line. */
		private final Map<String, String> failed = new HashMap<>();

		private @Nullable Failure worst;

		private Outcome(ContextStarter application, Consumer<Part> each) {
			this.application = application;
			this.each = each;
		}

		@Override
		public void passed(String part, String what) {
			add(new Part(part, State.OK, what));
		}

		@Override
		public void warned(String part, String line) {
			add(new Part(part, State.WARN, line));
		}

		@Override
		public void failed(String part, Throwable cause) {
			Failure failure = this.application.failure(cause);
			String before = this.failed.putIfAbsent(failure.line(), part);
			if (before != null) {
				add(new Part(part, State.NOT_TRIED, "not tried: see " + before));
				return;
			}
			add(new Part(part, State.FAIL, failure.line()));
			if (this.worst == null || failure.kind() == Failure.Kind.CONFIGURATION) {
				this.worst = failure;
			}
		}

		private void add(Part part) {
			this.parts.add(part);
			this.each.accept(part);
		}

	}

}
