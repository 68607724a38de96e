package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.keysteward.disabling.KeyFacts.Ref;
import io.keysteward.disabling.ReferenceModel.Expected;
import io.keysteward.disabling.ReferenceModel.Tonight;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hundred and twenty nights of a company, each held against {@link ReferenceModel}:
 * what was decided, done and written to whom, and the exit code.
 */
class SimulationTests {

	private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");

	private static final int NIGHTS = Integer.getInteger("simulation.nights", 120);

	/** What config/owners.yaml says. */
	private static final Map<String, Set<String>> TEAMS = Map.of("console-p1", Set.of("team-a@example.com"),
			"payments-p2", Set.of("team-a@example.com", "team-b@example.com"), "console-u19",
			Set.of("boss@example.com"));

	private final Path directory;

	SimulationTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = 1)
	void everyNightDoesWhatThePlainModelSays(long given) throws IOException {
		long seed = Long.getLong("simulation.seed", given);
		try (Nights nights = new Nights(this.directory, START)) {
			configure(nights);
			nights.mailServerRefuses("refused@example.com");
			nights.returnDenied(nights.source("console", false));
			nights.returnDenied(nights.source("payments", true));
			SimulatedCompany company = new SimulatedCompany(seed, nights.sources());
			company.found(START.minus(Duration.ofDays(1)), 75);
			SpecialNights special = new SpecialNights(nights);
			RandomExemptions permissions = new RandomExemptions(nights, company);
			ReferenceModel model = new ReferenceModel();
			RandomApprovals approvals = new RandomApprovals(seed, nights, this.directory);
			Set<Ref> switchedOn = new TreeSet<>();
			Set<String> kinds = new TreeSet<>();
			long withoutApproval = 0;
			long disabled = 0;
			Instant before = START.minus(Duration.ofDays(1));
			for (int night = 1; night <= NIGHTS; night++) {
				Instant now = START.plus(Duration.ofDays(night - 1)).plusSeconds(company.chance(3) * 37L);
				company.day(before, now);
				permissions.change(now);
				before = now;
				Runnable after = special.before(night);
				if (!SpecialNights.nothingRuns(night)) {
					Expected done = night("seed " + seed + ", night " + night, night, now, nights, model, permissions);
					switchedOn.addAll(done.restored());
					disabled += done.disabled().size();
					withoutApproval += done.heldBy("APPROVAL").size();
					done.notices().forEach((notice) -> kinds.add(notice.substring(0, notice.indexOf(' '))));
					company.comeForward(done.heldBy("BREAKER"), now.plus(Duration.ofHours(5)));
					approvals.some(night, now, done, keys(nights), model);
				}
				after.run();
				if (company.chance(5) == 0) {
					restore(nights, model, company, now.plus(Duration.ofHours(8)));
				}
			}
			assertThat(switchedOn).as("keys that were tried within their trial").hasSizeGreaterThan(NIGHTS / 40);
			assertThat(kinds).containsExactly("FINAL", "REMINDER", "WARNING");
			assertThat(disabled).as("disabled keys").isGreaterThan(NIGHTS / 4);
			assertThat(withoutApproval).as("nights of keys that only an approval was missing")
				.isGreaterThan(NIGHTS / 4);
		}
	}

	private static Expected night(String name, int night, Instant now, Nights nights, ReferenceModel model,
			RandomExemptions permissions) {
		Instant asOf = now.minus(SpecialNights.late(night));
		boolean disable = !SpecialNights.onlyReports(night);
		List<KeyFacts> keys = keys(nights);
		Tonight tonight = new Tonight(asOf, now, disable, terms(night), keys,
				SpecialNights.exemptionsAreUnreadable(night) ? null : permissions.list(),
				!SpecialNights.mailServerIsDown(night), Set.of("refused@example.com"), SimulationTests::recipients);
		Expected expected = model.night(tonight);
		String runKey = "night-" + night;
		int exit = nights.execute(now,
				disable ? new String[] { "run", "--run-key=" + runKey, "--disable", "--as-of=" + asOf }
						: new String[] { "run", "--run-key=" + runKey });
		SoftAssertions soft = new SoftAssertions();
		soft.assertThat(exit).as("%s (%s): exit; %s", name, now, nights.register().err()).isEqualTo(expected.exit());
		Decisions decisions = Decisions.of(nights.governance(), runKey);
		soft.assertThat(decisions.verdicts()).as(name + ": decisions").isEqualTo(shown(expected));
		soft.assertThat(decisions.notices()).as(name + ": notices").isEqualTo(expected.notices());
		soft.assertThat(turnedOff(keys, nights)).as(name + ": disabled").isEqualTo(expected.disabled());
		soft.assertThat(restored(nights, runKey)).as(name + ": restored").isEqualTo(expected.restored());
		soft.assertThat(active(nights)).as(name + ": active again").containsAll(expected.restored());
		Set<String> mailed = mailed(nights);
		soft.assertThat(mailed)
			.as(name + ": mails")
			.containsAll(expected.notices().stream().map((line) -> line.replaceFirst("^\\w+ ", "")).toList());
		soft.assertAll();
		return expected;
	}

	private static Map<String, String> shown(Expected expected) {
		Map<String, String> shown = new TreeMap<>();
		expected.verdicts().forEach((ref, verdict) -> shown.put(ref.toString(), verdict.toString()));
		return shown;
	}

	private static Set<String> mailed(Nights nights) {
		Set<String> mailed = new TreeSet<>();
		nights.newMails()
			.forEach((mail) -> mail.to()
				.forEach((address) -> mail.keys()
					.forEach((key) -> mailed.add(address + " " + key.split("-")[1] + "/" + key))));
		return mailed;
	}

	private static Set<Ref> turnedOff(List<KeyFacts> before, Nights nights) {
		Set<Ref> off = new TreeSet<>();
		keys(nights).stream().filter((key) -> key.status().equals("disabled")).forEach((key) -> off.add(key.ref()));
		before.stream().filter((key) -> key.status().equals("disabled")).forEach((key) -> off.remove(key.ref()));
		return off;
	}

	private static Set<Ref> restored(Nights nights, String runKey) {
		return new TreeSet<>(nights.governance()
			.sql("""
					SELECT source, key_id FROM keysteward.key_action JOIN keysteward.run USING (run_id)
					WHERE run_key = :run AND action = 'RESTORE' AND outcome = 'RESTORED'
					""")
			.param("run", runKey)
			.query((row, number) -> new Ref(row.getString("source"), row.getString("key_id")))
			.list());
	}

	private static Set<Ref> active(Nights nights) {
		return keys(nights).stream()
			.filter((key) -> key.status().equals("active"))
			.map(KeyFacts::ref)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<KeyFacts> keys(Nights nights) {
		return nights.sources().stream().flatMap((source) -> source.keys().stream()).toList();
	}

	/** Somebody switches on again, by the command, one key or all of a run. */
	private static void restore(Nights nights, ReferenceModel model, SimulatedCompany company, Instant morning) {
		Instant now = morning;
		for (SimulatedSource source : nights.sources()) {
			List<String> ours = off(nights, source);
			if (!ours.isEmpty()) {
				Ref ref = new Ref(source.id(), ours.get(company.chance(ours.size())));
				assertThat(nights.execute(now, "restore", "--key=" + ref)).as(nights.register().err()).isZero();
				assertThat(source.keys()).filteredOn((key) -> key.ref().equals(ref))
					.extracting(KeyFacts::status)
					.containsExactly("active");
				model.restored(ref, now);
				nights.newMails();
			}
			now = now.plusSeconds(60);
		}
	}

	/**
	 * A source that was restored from a backup shows keys as off that have been restored
	 * since.
	 */
	private static List<String> off(Nights nights, SimulatedSource source) {
		Set<String> notRestored = new TreeSet<>(nights.governance().sql("""
				SELECT DISTINCT ON (key_id) CASE WHEN restored_by_run IS NULL THEN key_id ELSE '' END
				FROM keysteward.key_action WHERE source = :source AND action = 'DISABLE' AND outcome = 'DISABLED'
				ORDER BY key_id, action_id DESC
				""").param("source", source.id()).query(String.class).list());
		return source.jdbc()
			.sql("SELECT id FROM api_key WHERE disabled_by_run IS NOT NULL ORDER BY id")
			.query(String.class)
			.list()
			.stream()
			.filter(notRestored::contains)
			.toList();
	}

	static Set<String> recipients(KeyFacts key) {
		String email = key.email();
		if (email != null && !key.ownerLost() && !email.endsWith("@elsewhere.test")) {
			return Set.of(email);
		}
		Set<String> byOwner = TEAMS.get(String.valueOf(key.owner()));
		return (byOwner != null) ? byOwner : TEAMS.getOrDefault(String.valueOf(key.project()), Set.of());
	}

	private static void configure(Nights nights) {
		nights.configure("owners.yaml", TEAMS.entrySet()
			.stream()
			.map((entry) -> "  " + entry.getKey() + ": [" + String.join(", ", new TreeSet<>(entry.getValue())) + "]\n")
			.collect(Collectors.partitioningBy((line) -> line.contains("-u"), Collectors.joining()))
			.entrySet()
			.stream()
			.map((entry) -> (entry.getKey() ? "owners:\n" : "projects:\n") + entry.getValue())
			.collect(Collectors.joining()));
		nights.set("keysteward.policy.idle.warn", "14d")
			.set("keysteward.policy.idle.violation", "28d")
			.set("keysteward.policy.uncertainty", "24h")
			.set("keysteward.policy.orphaned.grace", "5d")
			.set("keysteward.mail.allowed-domains[0]", "example.com")
			.set("keysteward.disable.max-keys", "8")
			.set("keysteward.disable.max-percent", "8")
			.set("keysteward.disable.notice", "10d")
			.set("keysteward.disable.final-notice", "4d")
			.set("keysteward.disable.notice-valid", "20d")
			.set("keysteward.disable.max-gap", "8d")
			.set("keysteward.disable.trial", "24h")
			.set("keysteward.disable.approval", "required")
			.set("keysteward.disable.approval-valid", "14d")
			.set("keysteward.notices.reminders[0].before", "7d")
			.set("keysteward.notices.reminders[0].subject", "Three days before the last warning")
			.set("keysteward.disable.window.days", "MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY")
			.set("keysteward.disable.window.from", "00:00")
			.set("keysteward.disable.window.to", "16:00")
			.set("keysteward.disable.window.zone", "Europe/Berlin")
			.set("keysteward.disable.window.freeze[0].from", "2026-04-20")
			.set("keysteward.disable.window.freeze[0].to", "2026-04-22");
	}

	private static PlainTerms terms(int night) {
		return new PlainTerms(Duration.ofDays(14), Duration.ofDays((night < SpecialNights.POLICY_CHANGES) ? 28 : 30),
				Duration.ofHours(24).plusMinutes(5), Duration.ofHours(24), Duration.ofDays(5), 2, Duration.ofDays(10),
				Duration.ofDays(4), Duration.ofDays(20), Duration.ofDays(8), Duration.ofHours(48), 8, 8,
				Duration.ofMinutes(6), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(14),
				SimulationTests::inWindow);
	}

	private static boolean inWindow(Instant asOf) {
		ZonedDateTime local = asOf.atZone(ZoneId.of("Europe/Berlin"));
		LocalDate day = local.toLocalDate();
		return local.getDayOfWeek() != DayOfWeek.SUNDAY && local.getHour() < 16
				&& (day.isBefore(LocalDate.of(2026, 4, 20)) || day.isAfter(LocalDate.of(2026, 4, 22)));
	}

}
