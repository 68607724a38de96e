package io.keysteward.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.Rehearsal;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.key.Counted;
import io.keysteward.key.Failure;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Visible;
import io.keysteward.lock.RunLocks;
import io.keysteward.metrics.RunMetrics;
import io.keysteward.notice.GovernanceMail;
import io.keysteward.notice.Recipients;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import io.keysteward.policy.Rule;
import io.keysteward.report.ReportDirectory;
import io.keysteward.run.Keeping;
import io.keysteward.source.KeySource;
import io.keysteward.source.Probe;
import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tries each part that a run needs, one by one, and changes nothing.
 */
public final class Readiness {

	/** Runs are counted from 1. */
	private static final long NO_RUN = 0;

	private final ApplicationContext context;

	private final Places places = new Places();

	private boolean policyIsSound;

	private @Nullable Coverage coverage;

	private boolean tablesAreThere;

	private @Nullable RuntimeException governanceFault;

	/**
	 * Prepares the check.
	 * @param context one that makes each part when it is asked for: a part that fails
	 * must not keep the others from being tried
	 */
	public Readiness(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Tries everything.
	 * @param listener told of each part
	 * @param mostKeys no more keys of each source than this are read, rounded up to
	 * blocks
	 */
	public void check(Listener listener, long mostKeys) {
		attempt(listener, "configuration", () -> {
			UnknownProperties.refuse(this.context.getEnvironment());
			this.context.getBean(KeystewardProperties.class);
			return "every property is known";
		});
		this.governanceFault = attempt(listener, "governance database", () -> database(listener));
		TablesOwner.of(this.context.getEnvironment())
			.ifPresent((owner) -> attempt(listener, "tables' owner", owner::tried));
		attempt(listener, "transport", () -> transport(listener));
		this.policyIsSound = attempt(listener, "policy", this::policy) == null;
		attempt(listener, "sources", () -> {
			List<KeySource> sources = this.context.getBean(ConfiguredSources.class).all();
			if (this.policyIsSound) {
				this.context.getBean(Policy.class)
					.requireKnownSources(sources.stream().map(KeySource::id).collect(Collectors.toSet()));
			}
			sources.forEach((source) -> check(listener, source, mostKeys));
			return "definitions are readable";
		});
		if (this.governanceFault == null) {
			attempt(listener, "clock", this::clock);
		}
		exemptions(listener);
		coverage(listener);
		attempt(listener, "inventory", this::inventory);
		attempt(listener, "report directory", () -> reports(listener));
		attempt(listener, "mail", this::mail);
		attempt(listener, "metrics", () -> this.context.getBean(RunMetrics.class).places());
	}

	private void check(Listener listener, KeySource source, long mostKeys) {
		attempt(listener, "source " + source.id(), () -> {
			requireTried(source);
			Probe probe = source.probe();
			this.places.ask(source.id(), probe.place());
			SourceTraits traits = probe.traits();
			String seen = source.title() + ": " + Counted.of(traits.columns().size(), "column") + "; not returned: "
					+ missing(traits);
			if (!this.policyIsSound) {
				return seen;
			}
			this.context.getBean(Policy.class).requireFits(traits);
			TrialReading.Result read = read(listener, source, mostKeys);
			return seen + "; " + read.text() + "; " + switchesKeys(listener, source, read.longestUnused());
		});
	}

	private String clock() {
		this.context.getBean(Clocks.class).requireRight(() -> this.context.getBean(ConfiguredSources.class).all());
		return "no other clock shows it to be wrong";
	}

	private TrialReading.Result read(Listener listener, KeySource source, long mostKeys) {
		Instant now = this.context.getBean(Clock.class).instant();
		Exemptions exemptions = exemptions(now);
		Policy policy = this.context.getBean(Policy.class);
		if (this.coverage == null) {
			this.coverage = new Coverage(exemptions, policy);
		}
		List<Rule> rules = this.context.getBeanProvider(Rule.class).stream().toList();
		TrialReading.Result read = new TrialReading(policy, rules, exemptions, this.coverage, now).read(source,
				mostKeys);
		if (read.example() != null) {
			listener.warned("source " + source.id(), Counted.of(read.dataErrors(), "key")
					+ " would not be judged, for errors in the data, such as " + read.example());
		}
		return read;
	}

	/** What is wrong with them is said elsewhere. */
	private Exemptions exemptions(Instant now) {
		try {
			return this.context.getBean(RunExemptions.class).read(now);
		}
		catch (RuntimeException ex) {
			return Exemptions.none(now);
		}
	}

	/** A database that does not answer is waited for once. */
	private void requireTried(KeySource source) {
		List<SourceSettings> sources = this.context.getBean(KeystewardProperties.class).sources();
		boolean governed = sources != null
				&& sources.stream().anyMatch((one) -> source.id().equals(one.id()) && one.datasource() == null);
		if (governed && this.governanceFault != null && !(this.governanceFault instanceof Failure)) {
			throw this.governanceFault;
		}
	}

	/** Only where disabling is armed must it work. */
	private String switchesKeys(Listener listener, KeySource source, List<KeyRecord> keys) {
		String obstacle = source.disabling().obstacle();
		if (obstacle != null) {
			return "cannot disable: " + obstacle;
		}
		boolean armed = this.context.getBean(DisablePolicy.class).armed();
		Rehearsal rehearsal = Rehearsal.of(source, keys, NO_RUN, this.context.getBean(Clock.class).instant());
		if (rehearsal.failure() == null && rehearsal.changed() == null) {
			return (armed ? "may disable: " : "could disable, and is not armed: ") + rehearsal.words();
		}
		if (armed && !rehearsal.passes()) {
			throw (rehearsal.failure() != null) ? rehearsal.failure() : Failure.configuration("source '" + source.id()
					+ "': " + rehearsal.words() + "; let its select.sql return nothing that changes by itself");
		}
		listener.warned("source " + source.id(),
				rehearsal.passes() ? "disabling could not be rehearsed now: " + rehearsal.words()
						: "could not disable as it is, and is not armed: " + rehearsal.words());
		return armed ? "whether it may disable is not known" : "see above";
	}

	private static String missing(SourceTraits traits) {
		String missing = Arrays.stream(KeyColumn.values())
			.filter((column) -> !traits.columns().contains(column))
			.map(KeyColumn::columnName)
			.collect(Collectors.joining(", "));
		return missing.isEmpty() ? "none" : missing;
	}

	private String database(Listener listener) {
		JdbcClient jdbc = this.context.getBean(JdbcClient.class);
		String version = jdbc.sql("SHOW server_version").query(String.class).single();
		int number = jdbc.sql("SELECT current_setting('server_version_num')::int").query(Integer.class).single();
		if (number < 140_000) {
			throw Failure
				.configuration("spring.datasource.url: PostgreSQL " + version + " is too old; 14 or later is needed");
		}
		boolean there = jdbc.sql("SELECT to_regclass('keysteward.run') IS NOT NULL").query(Boolean.class).single();
		if (jdbc.sql("SELECT current_setting('transaction_read_only')::boolean").query(Boolean.class).single()) {
			throw RunLocks.takesNoWrites(null, null);
		}
		this.context.getBean(RunLocks.class).requireSessions();
		if (there) {
			KnownTables.require(this.context);
			requireTables(listener, new TablesCheck(jdbc));
			this.tablesAreThere = true;
			return "PostgreSQL " + version + ", tables are there" + idleTimeout(jdbc);
		}
		requireMayCreate(jdbc);
		return "PostgreSQL " + version + ", no tables yet: the first run creates them" + idleTimeout(jdbc);
	}

	/** Whoever has set it wonders whether a night survives it. */
	private static String idleTimeout(JdbcClient jdbc) {
		String timeout = jdbc.sql("SHOW idle_session_timeout").query(String.class).single();
		return timeout.equals("0") ? ""
				: "; idle_session_timeout is " + timeout + ", which a run's lock switches off for its own session";
	}

	private static void requireTables(Listener listener, TablesCheck tables) {
		tables.requireRights();
		tables.requireTriggers();
		List<String> others = tables.otherTriggers();
		if (!others.isEmpty()) {
			listener.warned("governance database",
					"there are triggers on Keysteward's tables that are not its own: "
							+ Visible.text(String.join(", ", others))
							+ "; what they do can fail a run or change what it stores");
		}
	}

	/** Asked of the role that will, which need not be the one that asks. */
	private void requireMayCreate(JdbcClient jdbc) {
		String owner = this.context.getEnvironment().getProperty("spring.flyway.user", "");
		boolean may = jdbc.sql("""
				SELECT coalesce(bool_or(CASE WHEN to_regnamespace('keysteward') IS NULL
				                             THEN has_database_privilege(oid, current_database(), 'CREATE')
				                             ELSE has_schema_privilege(oid, 'keysteward', 'CREATE') END), false)
				FROM pg_roles WHERE rolname = coalesce(nullif(:owner, ''), current_user)
				""").param("owner", owner).query(Boolean.class).single();
		if (!may) {
			throw Failure.configuration((owner.isEmpty() ? "spring.datasource.username" : "spring.flyway.user")
					+ ": there are no tables yet, and this role may not create them; run config/sql/roles.sql, or make"
					+ " the role the owner of the database");
		}
	}

	private String transport(Listener listener) {
		List<SourceSettings> sources = this.context.getBean(KeystewardProperties.class).sources();
		List<String> warnings = new Transport(this.context.getEnvironment())
			.warnings((sources != null) ? sources : List.of());
		warnings.forEach((line) -> listener.warned("transport", line));
		return warnings.isEmpty() ? "every server is this machine, or is verified by TLS" : "see above";
	}

	private String policy() {
		Policy policy = this.context.getBean(Policy.class);
		this.context.getBean(DisablePolicy.class);
		return "preset " + policy.preset() + ": "
				+ policy.base()
					.settings()
					.entrySet()
					.stream()
					.limit(5)
					.map((entry) -> entry.getKey() + " " + entry.getValue())
					.collect(Collectors.joining(", "));
	}

	/** Each fault is a line of its own. */
	private void exemptions(Listener listener) {
		String part = "exemptions";
		try {
			Exemptions exemptions = this.context.getBean(RunExemptions.class)
				.read(this.context.getBean(Clock.class).instant());
			exemptions.faults().forEach((fault) -> listener.failed(part, Failure.configuration(fault)));
			if (exemptions.faults().isEmpty()) {
				listener.well(part,
						Counted.of(exemptions.all().size(), "exemption") + ", " + exemptions.expired() + " expired");
			}
		}
		catch (RuntimeException ex) {
			listener.failed(part, ex);
		}
	}

	/**
	 * Only where every key of every source has been read can one say of what fits none.
	 */
	private void coverage(Listener listener) {
		if (this.coverage != null) {
			this.coverage.unfit(this.context.getBean(ConfiguredSources.class).ids())
				.forEach((unfit) -> listener.warned((unfit.exemption() != null) ? "exemptions" : "policy",
						unfit.line()));
		}
	}

	private String inventory() {
		InventorySettings settings = this.context.getBean(InventorySettings.class);
		return ((settings.keeping() == Keeping.ALL) ? "all keys" : "flagged keys and data errors only")
				+ " of the last " + settings.runs() + " runs are kept";
	}

	private String reports(Listener listener) {
		Reporting reporting = this.context.getBean(Reporting.class);
		Path directory = reporting.directory();
		ReportDirectory.requireWorkbook(directory);
		if (this.tablesAreThere) {
			ReportDirectory.room(directory, reporting.lastSize())
				.ifPresent((line) -> listener.warned("report directory", line));
		}
		return directory + (Files.exists(directory) ? "" : " (will be created)");
	}

	private String mail() {
		// The owners' file and the fallback are read first: they can be wrong without a
		// server.
		Recipients recipients = this.context.getBean(Recipients.class);
		GovernanceMail mail = this.context.getBean(GovernanceMail.class);
		if (!mail.configured()) {
			return "spring.mail.host is not set: nothing will be mailed";
		}
		mail.check();
		if (!recipients.active()) {
			return "the mail server answers; owners are not warned (keysteward.mail.warn-owners)";
		}
		return "the mail server answers; owners are warned, and where none is known "
				+ (recipients.hasFallback() ? "the fallback" : "nobody (keysteward.mail.fallback is not set)");
	}

	/** Returns what was wrong, if anything was. */
	private static @Nullable RuntimeException attempt(Listener listener, String part, Supplier<String> work) {
		try {
			listener.well(part, work.get());
			return null;
		}
		catch (RuntimeException ex) {
			listener.failed(part, ex);
			return ex;
		}
	}

	/** Told of each part that was tried. */
	public interface Listener {

		/** The part is well; says what was seen. */
		void well(String part, String what);

		/** It works, and should not be left so. */
		void warned(String part, String line);

		/** The part would fail tonight. */
		void failed(String part, Throwable cause);

	}

}
