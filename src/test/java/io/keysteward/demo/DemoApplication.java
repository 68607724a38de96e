package io.keysteward.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.cli.KeystewardCli;

import org.springframework.util.FileSystemUtils;

/**
 * Four runs over the keys of a company that does not exist, with nothing installed: three
 * of them as they would have been weeks ago, so that the last one has something to
 * compare with.
 */
public final class DemoApplication {

	/** How long before now the runs take place, the first one first. */
	static final List<Duration> RUNS = List.of(Duration.ofDays(42), Duration.ofDays(21), Duration.ofDays(7),
			Duration.ZERO);

	private final Path directory;

	private final PrintWriter out;

	private final DemoServer server;

	private final DemoMail mail;

	DemoApplication(Path directory, PrintWriter out, DemoServer server, DemoMail mail) {
		this.directory = directory;
		this.out = out;
		this.server = server;
		this.mail = mail;
	}

	public static void main(String[] args) {
		Instant started = Instant.now();
		Instant now = started.truncatedTo(ChronoUnit.MINUTES);
		PrintWriter out = new PrintWriter(System.out, true);
		Path directory = Path.of("target", "demo");
		int exit;
		out.println("Starting a PostgreSQL and a mail server for the demo ...");
		try (DemoServer server = new DemoServer(); DemoMail mail = new DemoMail()) {
			DemoApplication demo = new DemoApplication(directory, out, server, mail);
			exit = demo.run(now);
			if (exit == 0) {
				demo.printSummary(runKey(now), Duration.between(started, Instant.now()));
			}
		}
		System.exit(exit);
	}

	/**
	 * Does all runs, up to the first that fails.
	 * @param now the instant of the last run
	 * @return the exit code of the last run that was done
	 */
	int run(Instant now) {
		empty(this.directory);
		DemoConfiguration configuration = new DemoConfiguration(this.directory);
		configuration.write(this.server, this.mail.port(), now);
		DemoCompany company = new DemoCompany(this.server);
		company.found(configuration.consoleDefinition(), now);
		DemoExport export = new DemoExport(this.server, this.directory);
		for (int number = 1; number <= RUNS.size(); number++) {
			Instant asOf = now.minus(RUNS.get(number - 1));
			company.advance(number, asOf);
			export.save(asOf);
			this.server.at(asOf);
			int exit = run(configuration, number, asOf);
			if (exit != 0) {
				return exit;
			}
		}
		return 0;
	}

	private int run(DemoConfiguration configuration, int number, Instant asOf) {
		String runKey = runKey(asOf);
		this.out.println("Run " + number + " of " + RUNS.size() + ", as of " + asOf + " ...");
		StringWriter lines = new StringWriter();
		PrintWriter writer = new PrintWriter(lines, true);
		List<String> command = new ArrayList<>(List.of("run", "--as-of=" + asOf, "--run-key=" + runKey));
		if (number == RUNS.size()) {
			command.add("--disable");
		}
		int exit = new KeystewardCli(configuration.properties(), writer, writer, Clock.fixed(asOf, ZoneOffset.UTC))
			.execute(command.toArray(String[]::new));
		DemoMail.write(this.mail.taken(), this.directory.resolve("mail"), runKey);
		if (exit != 0 || number == RUNS.size()) {
			this.out.print(lines);
			this.out.println((exit != 0) ? "The demo stops: this run ended with exit code " + exit + "." : "");
		}
		return exit;
	}

	private void printSummary(String last, Duration taken) {
		this.out.println("""
				The demo took %d seconds. Look at
				  %2$s/keysteward-%3$s.xlsx  the workbook; the earlier ones lie beside it
				  %2$s/mail/%3$s.html        the mail that came with it; the .eml is for a mail program
				  %2$s/mail/owners/                what owners were told: warned, warned for the last time, disabled
				  %2$s/exports/                    the pages saved from OceanBase Cloud, the third source
				  %2$s/config/                     how it was configured; the third definition is the catalogue's

				In the workbook
				  Summary      the trend over four runs, and the totals of three sources
				  Actions      what the last run disabled, with the command that undoes it, and what it held
				  Exemptions   one that has expired, one that protects what would have been disabled
				  Changes      ak-801 used again, ak-803 renamed, ak-804 reassigned, ak-806 gone, ak-811 worse
				  Findings     ak-405 breaks every rule; ak-104 has been idle an hour too long; ob-04 was never used
				  All keys     ak-103 has not, by an hour; ak-704 to ak-712 have names that attack spreadsheets
				  Data errors  ak-601 was last used in three days from now

				Every row made by hand is explained in src/test/resources/demo/*/keys.sql.
				""".formatted(taken.toSeconds(), this.directory.toString().replace('\\', '/'), last));
		this.out.flush();
	}

	private static String runKey(Instant asOf) {
		return asOf.atOffset(ZoneOffset.UTC).toLocalDate().toString();
	}

	private static void empty(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
