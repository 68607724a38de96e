package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import io.keysteward.forecast.ComingNights;
import io.keysteward.forecast.ForecastRecord;
import io.keysteward.forecast.RehearsalRequest;
import io.keysteward.insight.Forecast;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.job.ReportSteps;
import io.keysteward.report.ReportSettings;
import io.keysteward.report.workbook.ForecastWorkbook;
import io.keysteward.run.Run;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcDay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code rehearse}: shows what the coming nights would do.
 */
@Command(name = "rehearse", description = {
		"Shows what the coming nights would do if nobody uses what is idle today: who is warned, who is warned for the",
		"last time, and which keys are disabled, night by night, with every mail as a file.",
		"The same job runs on a copy of the tables: no mail is sent, no source is asked, and no run is stored." })
final class RehearseCommand implements Callable<Integer> {

	private static final String NIGHTS = "--nights";

	private static final String ARMED_ON = "--armed-on";

	private static final int MOST_NIGHTS = 400;

	private final ContextStarter application;

	@Option(names = NIGHTS, paramLabel = "COUNT", defaultValue = "60",
			description = "How many nights, each at the hour of the last complete run. Default: ${DEFAULT-VALUE}.")
	private String nights;

	@Option(names = ARMED_ON, paramLabel = "DATE",
			description = "The first night that disables keys, such as 2026-12-14. Default: the first one, armed or not.")
	private @Nullable String armedOn;

	@Option(names = "--accept-warnings",
			description = "Starts the first night with this option of run: it warns more owners than allowed.")
	private boolean acceptWarnings;

	@Option(names = "--accept-policy-change", description = "Starts the first night with this option of run.")
	private boolean acceptPolicyChange;

	@Option(names = RehearsalFolder.OPTION, paramLabel = "FOLDER",
			description = "Where to: a new or empty folder. Default: one of its own in the report directory.")
	private @Nullable String to;

	@Spec
	private CommandSpec spec;

	@SuppressWarnings("NullAway.Init") // picocli sets the fields.
	RehearseCommand(ContextStarter application) {
		this.application = application;
	}

	@Override
	public Integer call() {
		int count = WholeNumber.parse(NIGHTS, this.nights, MOST_NIGHTS);
		LocalDate armed = (this.armedOn != null) ? date(this.armedOn) : null;
		String requestedBy = StartedBy.of(null).requestedBy();
		try (ConfigurableApplicationContext context = this.application.read()) {
			Run inventory = KeptRun.searched(context, null);
			Instant now = context.getBean(Clock.class).instant();
			requireWithin(armed, UtcDay.day(now), ComingNights.last(count, inventory, now));
			Path folder = RehearsalFolder.make(this.to, context.getBean(ReportSteps.class).directory(), now);
			try {
				rehearse(context, new RehearsalRequest(count, armed, this.acceptPolicyChange, this.acceptWarnings,
						folder.resolve("mails"), requestedBy), inventory, folder.resolve("forecast.xlsx"));
			}
			finally {
				RehearsalFolder.removeEmpty(folder);
			}
		}
		return ExitCode.DONE.value();
	}

	private void rehearse(ConfigurableApplicationContext context, RehearsalRequest request, Run inventory,
			Path workbook) {
		Forecast forecast;
		try (RehearsalProgress progress = new RehearsalProgress(request.nights())) {
			forecast = new ComingNights(context, this.application::start).rehearse(request, inventory, progress::night);
		}
		write(context, forecast, workbook);
		RehearsalText.print(forecast, workbook, request.mails(), this.spec.commandLine().getOut());
	}

	private static void write(ConfigurableApplicationContext context, Forecast forecast, Path workbook) {
		try {
			new ForecastWorkbook(context.getBean(ReportSettings.class).maxSheetRows()).write(forecast, workbook);
		}
		catch (IOException ex) {
			throw RehearsalFolder.notWritable(workbook, ex);
		}
		new ForecastRecord(context.getBean(DataSource.class)).store(forecast,
				context.getBean(InventorySettings.class).kept());
	}

	private static LocalDate date(String written) {
		try {
			return LocalDate.parse(written);
		}
		catch (DateTimeParseException ex) {
			throw Failure.configuration(ARMED_ON + ": '" + SafeText.visible(written)
					+ "' is not allowed; write a day, such as 2026-12-14, or leave the option out");
		}
	}

	/** On a day that is past, or after the nights, nothing would be as it was meant. */
	private static void requireWithin(@Nullable LocalDate armed, LocalDate today, LocalDate last) {
		if (armed != null && (armed.isBefore(today) || armed.isAfter(last))) {
			throw Failure.configuration(ARMED_ON + ": '" + armed + "' is not one of the nights; write a day from "
					+ today + " to " + last + ", or more nights with " + NIGHTS);
		}
	}

}
