package io.keysteward.forecast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

import javax.sql.DataSource;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.insight.Forecast;
import io.keysteward.insight.ForecastNight;
import io.keysteward.job.Failures;
import io.keysteward.job.Progress;
import io.keysteward.job.RunLauncher;
import io.keysteward.job.RunRequest;
import io.keysteward.notice.mail.MailFolder;
import io.keysteward.run.Run;
import io.keysteward.run.RunHold;
import io.keysteward.run.Runs;
import io.keysteward.source.SourceRegistry;
import io.keysteward.text.UtcDay;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Rehearses the coming nights: copies the tables, lets the same job run on the copy once
 * for each night, reads what each has done, and drops the copy.
 */
public final class ComingNights {

	private static final String TRIGGER = "schedule";

	private final ApplicationContext real;

	private final Starter starter;

	private final Clock clock;

	/**
	 * Prepares a rehearsal.
	 * @param real the application whose nights they are, which reads only
	 * @param starter starts an application with other settings
	 */
	public ComingNights(ApplicationContext real, Starter starter) {
		this.real = real;
		this.starter = starter;
		this.clock = real.getBean(Clock.class);
	}

	/**
	 * {@return the day of the last night}
	 * @param nights how many nights
	 * @param inventory the last complete run, whose hour is the nights'
	 */
	public static LocalDate last(int nights, Run inventory, Instant now) {
		return UtcDay.day(nights(nights, inventory.asOf(), now).get(nights - 1));
	}

	/**
	 * {@return what the nights did}
	 * @param inventory the last complete run, whose hour is the nights'
	 * @param progress told each night's number
	 */
	public Forecast rehearse(RehearsalRequest request, Run inventory, IntConsumer progress) {
		Instant now = this.clock.instant();
		Plan plan = plan(request, nights(request.nights(), inventory.asOf(), now));
		DataSource governance = this.real.getBean(DataSource.class);
		try (StateCopy copy = StateCopy.take(governance)) {
			CopiedKeys keys = new CopiedKeys(governance);
			keys.take();
			NightReader reader = new NightReader(JdbcClient.create(governance));
			List<ForecastNight> done = new ArrayList<>();
			Run last = run(plan, inventory, copy, keys, (run, holds) -> {
				done.add(reader.night(run, holds));
				progress.accept(done.size());
			});
			List<String> assumptions = new Assumptions(this.real, keys).sentences(request, inventory, now,
					plan.armedOn(), this.real.getBean(SourceRegistry.class).ids());
			return new Forecast(inventory, now, request.requestedBy(), plan.armedOn(), assumptions, done,
					reader.keys(done, last));
		}
		catch (SQLException ex) {
			throw Failures.translate(ex);
		}
	}

	private Plan plan(RehearsalRequest request, List<Instant> nights) {
		LocalDate armedOn = (request.armedOn() != null) ? request.armedOn() : UtcDay.day(nights.get(0));
		Path reports = request.mails().resolveSibling(".nights");
		return new Plan(request, nights, armedOn, reports,
				CopySettings.of(this.real.getEnvironment(), this.real.getBean(DisablePolicy.class), reports));
	}

	/** At the hour of the last run, beginning with the first that is still to come. */
	private static List<Instant> nights(int count, Instant lastRun, Instant now) {
		LocalTime hour = lastRun.atOffset(ZoneOffset.UTC).toLocalTime();
		Instant first = UtcDay.day(now).atTime(hour).toInstant(ZoneOffset.UTC);
		List<Instant> nights = new ArrayList<>();
		for (int day = 0; nights.size() < count; day++) {
			Instant night = first.atOffset(ZoneOffset.UTC).plusDays(day).toInstant();
			if (night.isAfter(now) && UtcDay.day(night).isAfter(UtcDay.day(lastRun))) {
				nights.add(night);
			}
		}
		return nights;
	}

	private Run run(Plan plan, Run inventory, StateCopy copy, CopiedKeys keys, BiConsumer<Run, List<RunHold>> done) {
		NightClock time = new NightClock(this.clock);
		time.set(plan.nights().get(0));
		MailFolder mails = new MailFolder(plan.request().mails(), time);
		try (ConfigurableApplicationContext application = this.starter.start(plan.settings(),
				new CopyContext(copy, keys, inventory.policy(), time, mails))) {
			requireCopy(application);
			RunLauncher launcher = application.getBean(RunLauncher.class);
			Runs runs = application.getBean(Runs.class);
			Run last = null;
			for (Instant night : plan.nights()) {
				time.set(night);
				copy.at(night);
				last = launcher.run(plan.run(runs, UtcDay.day(night), last == null), Progress.SILENT);
				done.accept(last, runs.holds(last.id()));
			}
			return Objects.requireNonNull(last, "there is no night");
		}
		finally {
			remove(plan.reports());
		}
	}

	/** Only the copy has this table: without it the nights would be runs. */
	private static void requireCopy(ApplicationContext application) {
		application.getBean(JdbcClient.class).sql("SELECT ahead FROM keysteward.rehearsal_clock").query().singleRow();
	}

	private static void remove(Path reports) {
		try {
			FileSystemUtils.deleteRecursively(reports);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts an application.
	 */
	@FunctionalInterface
	public interface Starter {

		/**
		 * {@return the application}
		 * @param settings settings that go before all others
		 * @param beans what is different in it
		 */
		ConfigurableApplicationContext start(Map<String, String> settings,
				ApplicationContextInitializer<ConfigurableApplicationContext> beans);

	}

	/**
	 * What is done.
	 *
	 * @param request what somebody asked for
	 * @param nights when each night starts
	 * @param armedOn the first day that disables
	 * @param reports a folder for the nights' reports, which nobody reads
	 * @param settings the settings of the nights
	 */
	private record Plan(RehearsalRequest request, List<Instant> nights, LocalDate armedOn, Path reports,
			Map<String, String> settings) {

		RunRequest run(Runs runs, LocalDate day, boolean first) {
			// Somebody may have given a run the name of a day that is still to come.
			String runKey = day.toString();
			while (runs.find(runKey).isPresent()) {
				runKey += "-rehearsed";
			}
			return new RunRequest(runKey, null, Set.of(), Set.of(), !day.isBefore(this.armedOn),
					first && this.request.acceptPolicyChange(), first && this.request.acceptWarnings(), false, TRIGGER,
					this.request.requestedBy());
		}

	}

}
