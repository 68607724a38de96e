package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.keysteward.disabling.KeyFacts.Ref;
import io.keysteward.endurance.CampaignSize;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promise that matters most, over random policies and registers: no key is disabled
 * that should not be, by facts that are not Keysteward's own: the source's tables before
 * and after each run, and the mails that arrived.
 */
class NoWrongKeyTests {

	private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");

	/** Of each of three sources: 13 500 key-nights with a build, a million in full. */
	private static final int KEYS = CampaignSize.count(150, 4650);

	/** What changes more than it may, or what cannot be taken back. */
	private static final List<String> HARMFUL = List.of(
			"""
					DELETE FROM api_key WHERE id = :key_id AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
					RETURNING clock_timestamp() AS disabled_at""",
			"""
					WITH other AS (UPDATE api_key SET status = 'disabled' WHERE id <> :key_id AND kind = 'team')
					UPDATE api_key SET status = 'disabled', disabled_at = clock_timestamp(), disabled_by_run = :run_id
					WHERE id = :key_id AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
					RETURNING disabled_at, disabled_by_run""", """
					UPDATE api_key SET status = 'disabled', disabled_at = clock_timestamp(), disabled_by_run = :run_id
					WHERE project_id = (SELECT project_id FROM api_key WHERE id = :key_id)
					  AND (id = :key_id OR last_used_at IS DISTINCT FROM CAST(:last_used_at AS timestamptz))
					RETURNING disabled_at, disabled_by_run""",
			"""
					UPDATE api_key SET status = 'disabled', owner_id = NULL, disabled_at = clock_timestamp(), disabled_by_run = :run_id
					WHERE id = :key_id AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
					RETURNING disabled_at, disabled_by_run""",
			"""
					UPDATE api_key SET status = 'disabled'
					WHERE id = :key_id AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
					RETURNING disabled_at, disabled_by_run""");

	private static final Set<String> REFUSED = Set.of("o4@example.com");

	private static final Runnable NOBODY = () -> {
	};

	private static int disabledInAll;

	private static int changedInAll;

	private final Path directory;

	private final Map<String, List<Mail>> mails = new HashMap<>();

	private final Map<Ref, Integer> timesDisabled = new TreeMap<>();

	private final Map<Ref, Instant> lostSince = new TreeMap<>();

	private final Set<Ref> exempt = new TreeSet<>();

	private final Set<Ref> disturbed = new TreeSet<>();

	/** By the last decision about each of them, in a workbook that is new enough. */
	private final Set<Ref> approved = new TreeSet<>();

	private final Set<Ref> kept = new TreeSet<>();

	/**
	 * By a decision after the warnings, so that nobody who answers for them was warned.
	 */
	private final Set<Ref> givenAway = new TreeSet<>();

	/** The newest use that a run has seen, whatever the source says now. */
	private final Map<Ref, Instant> seenUse = new TreeMap<>();

	/** What somebody changed between the inventory and the write. */
	private final Set<Ref> changedMeanwhile = new TreeSet<>();

	NoWrongKeyTests(@TempDir Path directory) {
		this.directory = directory;
	}

	private record Mail(Instant at, Set<String> to) {
	}

	static List<Long> seeds() {
		return CampaignSize.some(LongStream.rangeClosed(1, 12).boxed().toList(), 6);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void noKeyIsDisabledThatShouldNotBeAndEveryOtherExactlyOnce(long seed) throws IOException {
		Random random = new Random(Long.getLong("nowrongkey.seed", seed));
		RandomPolicy policy = new RandomPolicy(random, LocalDate.ofInstant(START, ZoneOffset.UTC));
		try (Nights nights = new Nights(this.directory, START)) {
			policy.configure(nights);
			REFUSED.forEach(nights::mailServerRefuses);
			Instant warning = START.plus(Duration.ofDays(1));
			Instant last = warning.plus(policy.notice).minus(policy.finalNotice);
			Instant due = warning.plus(policy.notice);
			for (String id : List.of("alpha", "beta")) {
				SimulatedSource source = nights.source(id, id.equals("beta"), policy.granularity(id),
						policy.knownSince(id));
				nights.returnDenied(source);
				fill(source, policy, random, due);
			}
			SimulatedSource harmful = nights.source("gamma", false);
			fill(harmful, policy, random, due);
			nights.disables(harmful, HARMFUL.get(random.nextInt(HARMFUL.size())));
			permit(nights, random);
			refer(nights, new Random(seed));
			nights.set("keysteward.disable.trial", "12h");
			String name = "seed " + seed;
			useLately(nights, START);
			run(nights, START, policy, name + ", first run", NOBODY);
			forgetUses(nights);
			disturb(nights, random, START, warning, 20);
			run(nights, warning, policy, name + ", first warning", NOBODY);
			disturb(nights, random, warning, last, 10);
			runWithAWrongClock(nights, last.minus(Duration.ofHours(3)), name + ", a wrong clock");
			run(nights, last, policy, name + ", last warning", NOBODY);
			disturb(nights, random, last, due, 10);
			decide(nights, random, warning, "DISABLE", due.minus(Duration.ofDays(8)));
			decide(nights, random, last, "DISABLE", due.minus(Duration.ofDays(8)));
			for (String kind : List.of("KEEP", "NEW_OWNER", "EXEMPT_UNTIL")) {
				decide(nights, random, last, kind, due);
			}
			Set<Ref> expected = allowed(nights, policy, warning, due);
			Set<Ref> before = off(nights);
			run(nights, due, policy, name + ", the day", () -> changeMeanwhile(nights, random, due));
			Set<Ref> now = off(nights);
			now.removeAll(before);
			expected.removeAll(this.changedMeanwhile);
			if (!tooMany(expected.size(), policy)) {
				assertThat(now).as(name + ": every key that all gates allow").containsAll(expected);
			}
			disturb(nights, random, due, due.plus(Duration.ofDays(1)), 5);
			reenableSome(nights, random);
			run(nights, due.plus(Duration.ofDays(1)), policy, name + ", the day after", NOBODY);
			assertThat(this.timesDisabled.values()).as(name + ": times disabled").allMatch((times) -> times == 1);
			disabledInAll += this.timesDisabled.size();
			changedInAll += countChanged(nights);
		}
	}

	/** The promise is no empty one, whichever seeds it was. */
	@AfterAll
	static void manyKeysWereDisabled() {
		assertThat(disabledInAll).isGreaterThan(50);
		assertThat(changedInAll).as("keys that were due and changed before the write").isGreaterThan(10);
	}

	private static int countChanged(Nights nights) {
		return nights.governance()
			.sql("SELECT count(*) FROM keysteward.key_action WHERE outcome = 'SKIPPED_CHANGED'")
			.query(Integer.class)
			.single();
	}

	private static boolean tooMany(int due, RandomPolicy policy) {
		return due > policy.maxKeys || policy.maxPercent < 100;
	}

	private void run(Nights nights, Instant now, RandomPolicy policy, String name, Runnable meanwhile) {
		this.disturbed.addAll(aliveOnes(nights, now));
		this.changedMeanwhile.clear();
		List<KeyFacts> before = keys(nights);
		lost(before, now);
		String harmful = nights.sources().get(2).everything();
		String[] command = { "run", "--disable", "--run-key=" + now.getEpochSecond() };
		int exit = (meanwhile != NOBODY) ? nights.executeDisturbed(now, meanwhile, command)
				: nights.execute(now, command);
		before.forEach((key) -> seen(key));
		if (this.changedMeanwhile.isEmpty()) {
			assertThat(nights.sources().get(2).everything()).as(name + ": a source whose disable.sql does harm")
				.isEqualTo(harmful);
		}
		assertThat(exit).as(name + ": " + nights.register().err()).isIn(0, 3);
		nights.newMails()
			.forEach((mail) -> mail.keys()
				.forEach((key) -> this.mails.computeIfAbsent(key, (none) -> new ArrayList<>())
					.add(new Mail(now, mail.to()))));
		Set<Ref> off = off(nights);
		List<KeyFacts> disabled = before.stream()
			.filter((key) -> !key.status().equals("disabled") && off.contains(key.ref()))
			.toList();
		disabled.forEach((key) -> this.timesDisabled.merge(key.ref(), 1, Integer::sum));
		SoftAssertions soft = new SoftAssertions();
		for (KeyFacts key : disabled) {
			soft.assertThat(whyWrong(key.knownToBeUsed(this.seenUse.get(key.ref())), now, policy))
				.as(name + ": " + key)
				.isEmpty();
		}
		soft.assertAll();
		bounds(before, disabled, policy, name);
	}

	private static void bounds(List<KeyFacts> before, List<KeyFacts> disabled, RandomPolicy policy, String name) {
		assertThat(disabled).as(name + ": the breaker").hasSizeLessThanOrEqualTo(policy.maxKeys);
		disabled.stream()
			.collect(Collectors.groupingBy((key) -> key.ref().source(), Collectors.counting()))
			.forEach((source, count) -> assertThat(count * 100).as(name + ": the breaker")
				.isLessThanOrEqualTo(policy.maxPercent * before.stream()
					.filter((key) -> key.ref().source().equals(source) && key.status().equals("active"))
					.count()));
	}

	/**
	 * {@return every fact that forbids it}
	 */
	private List<String> whyWrong(KeyFacts key, Instant now, RandomPolicy policy) {
		List<String> wrong = new ArrayList<>();
		if (key.unknown()) {
			wrong.add("its use is unknown");
		}
		Instant lost = this.lostSince.get(key.ref());
		boolean orphan = lost != null && !lost.plus(policy.grace).isAfter(now);
		if (!policy.idle(key, orphan ? policy.warn(key) : policy.violation(key), now)) {
			wrong.add("it was used within its threshold, unused for sure since " + policy.unusedForSure(key));
		}
		if (this.exempt.contains(key.ref())) {
			wrong.add("it is exempt");
		}
		if (this.kept.contains(key.ref()) || this.givenAway.contains(key.ref())) {
			wrong.add("somebody decided otherwise");
		}
		if (policy.approval && !this.approved.contains(key.ref())) {
			wrong.add("nobody has decided to disable it, or too long ago");
		}
		if (key.named()) {
			wrong.add("something names it");
		}
		if (this.changedMeanwhile.contains(key.ref())) {
			wrong.add("it was changed between the inventory and the write");
		}
		if (key.ref().source().equals("gamma")) {
			wrong.add("its source cannot disable without harm");
		}
		if (!key.activeAt(now) || !Set.of("personal", "team").contains(key.kind())) {
			wrong.add("it is not active or of a kind that is never disabled");
		}
		List<Instant> notified = this.mails.getOrDefault(key.ref().key(), List.of())
			.stream()
			.filter((mail) -> mail.to.contains(String.valueOf(key.email())) && mail.at.isBefore(now))
			.map(Mail::at)
			.toList();
		boolean warned = notified.stream()
			.anyMatch((at) -> !at.plus(policy.notice).isAfter(now) && !at.plus(Duration.ofDays(45)).isBefore(now)
					&& at.isAfter(key.unusedSince()));
		boolean lastWarned = notified.stream()
			.anyMatch((at) -> !at.plus(policy.finalNotice).isAfter(now) && notified.stream().anyMatch(at::isAfter));
		if (!warned || !lastWarned || key.ownerLost()) {
			wrong.add("nobody who answers for it now was warned in time: " + this.mails.get(key.ref().key()));
		}
		return wrong;
	}

	/** Quiet keys that have been violations, or will be by the day, since the warning. */
	private Set<Ref> allowed(Nights nights, RandomPolicy policy, Instant warning, Instant due) {
		return keys(nights).stream()
			.map((key) -> key.knownToBeUsed(this.seenUse.get(key.ref())))
			.filter((key) -> !key.ref().source().equals("gamma"))
			.filter((key) -> key.activeAt(due) && Set.of("personal", "team").contains(key.kind()) && !key.named()
					&& !this.disturbed.contains(key.ref()) && !this.exempt.contains(key.ref())
					&& !this.kept.contains(key.ref()) && !this.givenAway.contains(key.ref())
					&& (!policy.approval || this.approved.contains(key.ref())))
			.filter((key) -> key.email() != null && !key.ownerLost() && !key.projectLost()
					&& !REFUSED.contains(key.email()))
			.filter((key) -> policy.idle(key, policy.warn(key), warning)
					&& policy.idle(key, policy.violation(key), due))
			.map(KeyFacts::ref)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static void fill(SimulatedSource source, RandomPolicy policy, Random random, Instant due) {
		for (int number = 1; number <= 6; number++) {
			source.change("INSERT INTO account (id, name, email) VALUES (?, ?, ?)", source.id() + "-u" + number,
					"Owner " + number, (number == 5) ? null : "o" + number + "@example.com");
			source.change("INSERT INTO project (id, name) VALUES (?, ?)", source.id() + "-p" + number, "P" + number);
		}
		for (int number = 1; number <= KEYS; number++) {
			String id = "key-%s-%04d".formatted(source.id(), number);
			String project = (random.nextInt(8) == 0) ? null : source.id() + "-p" + (1 + random.nextInt(7));
			KeyFacts blank = new KeyFacts(new Ref(source.id(), id), "team", "active", project, false, null, false, null,
					Instant.EPOCH, Instant.EPOCH, null, false, null, false);
			Instant used = due.minus(random.nextBoolean() ? policy.violation(blank) : policy.warn(blank))
				.minus(policy.uncertainty)
				.minus(Duration.parse(policy.granularity(source.id())))
				.plusSeconds(somewhereAround(random));
			used = used.isBefore(START) ? used : START.minusSeconds(random.nextInt(86400));
			boolean never = random.nextInt(6) == 0;
			String kind = (random.nextInt(12) == 0) ? "system" : (random.nextInt(12) == 0) ? "robot" : "team";
			String status = (random.nextInt(15) == 0) ? "expired" : "active";
			String expires = (random.nextInt(10) == 0) ? START.plus(Duration.ofDays(random.nextInt(30))).toString()
					: null;
			// Sessions in other zones write other text for the same instant.
			source.change("SET TIME ZONE '" + (random.nextBoolean() ? "Pacific/Auckland" : "America/New_York") + "'");
			source.change("""
					INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at, kind,
					                     status, expires_at)
					VALUES (?, ?, 'sk-a****9xQ2', ?, ?, ?, CAST(? AS timestamptz), ?, ?, CAST(? AS timestamptz))
					""", id, "service " + id, project, source.id() + "-u" + (1 + random.nextInt(7)),
					never ? used : used.minus(Duration.ofDays(random.nextInt(400))), never ? null : used.toString(),
					kind, status, expires);
		}
	}

	private static long somewhereAround(Random random) {
		return switch (random.nextInt(6)) {
			case 0 -> -1;
			case 1 -> 0;
			case 2 -> 1;
			case 3 -> random.nextInt(20 * 86400) - 10 * 86400;
			default -> -random.nextInt(100 * 86400);
		};
	}

	private void permit(Nights nights, Random random) {
		StringBuilder yaml = new StringBuilder("exemptions:\n");
		for (KeyFacts key : keys(nights)) {
			if (random.nextInt(20) == 0) {
				this.exempt.add(key.ref());
				yaml.append("""
						- id: EX-%s
						  covers: { source: %s, key: %s }
						  reason: Runs at the end of each quarter.
						  approver: jonas.weber@example.com
						  ticket: SEC-4711
						  expires: 2026-08-25
						""".formatted(key.ref().key(), key.ref().source(), key.ref().key()));
			}
		}
		nights.configure("exemptions.yaml", yaml.toString());
		nights.configure("owners.yaml", "owners: {}\n");
	}

	/**
	 * Somebody decides about some keys in the workbook of a run.
	 * @param until an approval counts if the run is not earlier, and a permission that
	 * ends then does not protect
	 */
	private void decide(Nights nights, Random random, Instant run, String kind, Instant until) {
		long file = nights.governance()
			.sql("""
					INSERT INTO keysteward.decision_file (run_id, name, sha256, population, applied_by, applied_at, after_run)
					SELECT run_id, 'x.xlsx', 'x', 1, 'me', now(), run_id FROM keysteward.run WHERE run_key = :key
					RETURNING file_id
					""")
			.param("key", String.valueOf(run.getEpochSecond()))
			.query(Long.class)
			.single();
		for (KeyFacts key : keys(nights)) {
			if (random.nextInt(20) >= (kind.equals("DISABLE") ? 12 : 1)) {
				continue;
			}
			// Half of the permissions end in time.
			Instant ends = random.nextBoolean() ? until : until.plus(Duration.ofDays(9));
			int made = nights.governance()
				.sql("""
						INSERT INTO keysteward.decision (file_id, source, key_id, key_created_at, kind, ends_at, reason, decided_by,
						                                 new_owner)
						SELECT :file, k.source, k.key_id, k.created_at, :kind, :ends::timestamptz, 'x', 'grace', :owner
						FROM keysteward.key_snapshot k JOIN keysteward.run r USING (run_id)
						WHERE r.run_key = :run AND k.source = :source AND k.key_id = :key
						""")
				.param("file", file)
				.param("kind", kind)
				.param("ends", kind.equals("EXEMPT_UNTIL") || kind.equals("KEEP") ? ends.toString() : null)
				.param("owner", kind.equals("NEW_OWNER") ? "new@example.com" : null)
				.param("run", String.valueOf(run.getEpochSecond()))
				.param("source", key.ref().source())
				.param("key", key.ref().key())
				.update();
			if (made == 1) {
				decided(key.ref(), kind, kind.equals("DISABLE") ? !run.isBefore(until) : ends.isAfter(until));
			}
		}
	}

	private void decided(Ref key, String kind, boolean counts) {
		this.approved.remove(key);
		if (kind.equals("NEW_OWNER")) {
			this.givenAway.add(key);
			return;
		}
		// A later decision takes the place of an earlier one.
		this.kept.remove(key);
		if (counts) {
			(kind.equals("DISABLE") ? this.approved : this.kept).add(key);
		}
	}

	/** One key in so many is used, given to somebody else, loses or finds its owner. */
	private void disturb(Nights nights, Random random, Instant from, Instant to, int oneIn) {
		for (SimulatedSource source : nights.sources()) {
			for (KeyFacts key : source.keys()) {
				if (!key.status().equals("active") || random.nextInt(oneIn) > 0) {
					continue;
				}
				this.disturbed.add(key.ref());
				Instant at = from.plusSeconds(random.nextInt((int) Duration.between(from, to).toSeconds()));
				String id = key.ref().key();
				switch (random.nextInt(4)) {
					case 0 -> source.change("UPDATE api_key SET owner_id = ? WHERE id = ?",
							source.id() + "-u" + (1 + random.nextInt(7)), id);
					case 1 -> source.change("UPDATE api_key SET project_id = ? WHERE id = ?",
							source.id() + "-p" + (1 + random.nextInt(7)), id);
					default -> source.change("UPDATE api_key SET last_used_at = ? WHERE id = ?", at, id);
				}
			}
		}
	}

	/** One key in so many is named by something, and one is tried all the time. */
	private static void refer(Nights nights, Random random) {
		nights.sources().forEach((source) -> source.keys().forEach((key) -> {
			if (random.nextInt(12) == 0) {
				source.change("UPDATE api_key SET referenced_by = 'a pipeline' WHERE id = ?", key.ref().key());
			}
			if (random.nextInt(12) == 0) {
				source.change("UPDATE api_key SET last_denied_at = ? WHERE id = ?",
						START.isAfter(key.created()) ? START.minusSeconds(60) : key.created(), key.ref().key());
			}
		}));
	}

	/** Two keys of each source are used right before the first run. */
	private static void useLately(Nights nights, Instant now) {
		nights.sources()
			.forEach((source) -> source.change(
					"UPDATE api_key SET last_used_at = ? WHERE id IN ('key-' || ? || '-0001', 'key-' || ? || '-0002')",
					now.minus(Duration.ofHours(2)), source.id(), source.id()));
	}

	/** And their source forgets it: so few that it is not taken for a fault of all. */
	private static void forgetUses(Nights nights) {
		nights.sources().forEach((source) -> {
			source.change("UPDATE api_key SET last_used_at = NULL WHERE id = 'key-' || ? || '-0001'", source.id());
			source.change("UPDATE api_key SET last_used_at = created_at WHERE id = 'key-' || ? || '-0002'",
					source.id());
		});
	}

	/** Nobody is judged by it, and nobody is told. */
	private static void runWithAWrongClock(Nights nights, Instant now, String name) {
		aliveOnes(nights, now);
		List<String> before = nights.sources().stream().map(SimulatedSource::everything).toList();
		int exit = nights.executeAhead(now, Duration.ofDays(60), "run", "--disable");
		assertThat(exit).as(name + ": " + nights.register().err()).isEqualTo(6);
		assertThat(nights.newMails()).as(name + ": mails").isEmpty();
		assertThat(nights.sources().stream().map(SimulatedSource::everything).toList()).as(name).isEqualTo(before);
	}

	/** A lost project comes back; of other keys every third is changed by somebody. */
	private void changeMeanwhile(Nights nights, Random random, Instant now) {
		List<KeyFacts> before = keys(nights);
		for (SimulatedSource source : nights.sources()) {
			source.change("INSERT INTO project (id, name) VALUES (?, 'P7') ON CONFLICT DO NOTHING",
					source.id() + "-p7");
			for (KeyFacts key : source.keys()) {
				if (random.nextInt(3) == 0 && key.status().equals("active")) {
					changeMeanwhile(source, key.ref().key(), random, now);
				}
			}
		}
		Map<Ref, KeyFacts> after = keys(nights).stream().collect(Collectors.toMap(KeyFacts::ref, (key) -> key));
		before.stream()
			.filter((key) -> !key.equals(after.get(key.ref())))
			.map(KeyFacts::ref)
			.forEach(this.changedMeanwhile::add);
	}

	private void changeMeanwhile(SimulatedSource source, String id, Random random, Instant now) {
		switch (random.nextInt(7)) {
			case 0 -> source.change("UPDATE api_key SET owner_id = ? WHERE id = ?",
					source.id() + "-u" + (1 + random.nextInt(6)), id);
			case 1 -> source.change("UPDATE api_key SET kind = 'system' WHERE id = ?", id);
			case 2 -> source.change("UPDATE api_key SET project_id = ? WHERE id = ?",
					source.id() + "-p" + (1 + random.nextInt(6)), id);
			case 3 -> source.change("UPDATE api_key SET last_used_at = ? WHERE id = ?", now, id);
			case 4 -> source.change("UPDATE api_key SET referenced_by = 'a new pipeline' WHERE id = ?", id);
			// Whoever is refused may be somebody who needs it.
			case 5 -> source.change("UPDATE api_key SET last_denied_at = ? WHERE id = ?", now.plusSeconds(30), id);
			default -> {
				source.change("UPDATE api_key SET name = name || ' again' WHERE id = ?", id);
				this.changedMeanwhile.add(new Ref(source.id(), id));
			}
		}
	}

	private void seen(KeyFacts key) {
		Instant used = key.used();
		if (used != null) {
			this.seenUse.merge(key.ref(), used, (one, other) -> one.isAfter(other) ? one : other);
		}
	}

	private static void reenableSome(Nights nights, Random random) {
		nights.sources()
			.forEach((source) -> source.keys()
				.stream()
				.filter((key) -> key.status().equals("disabled") && random.nextBoolean())
				.forEach((key) -> source.change("UPDATE api_key SET status = 'active', disabled_at = NULL,"
						+ " disabled_by_run = NULL WHERE id = ?", key.ref().key())));
	}

	/** Somebody uses the newest key of each source: it lives. */
	private static Set<Ref> aliveOnes(Nights nights, Instant now) {
		Set<Ref> alive = new TreeSet<>();
		for (SimulatedSource source : nights.sources()) {
			String id = "key-%s-%04d".formatted(source.id(), KEYS);
			source.change("UPDATE api_key SET last_used_at = ?, status = 'active' WHERE id = ?",
					now.minus(Duration.ofHours(1)), id);
			alive.add(new Ref(source.id(), id));
		}
		return alive;
	}

	private void lost(List<KeyFacts> keys, Instant now) {
		keys.forEach((key) -> {
			if (key.projectLost() || key.ownerLost()) {
				this.lostSince.putIfAbsent(key.ref(), now);
			}
			else {
				this.lostSince.remove(key.ref());
			}
		});
	}

	private static Set<Ref> off(Nights nights) {
		return keys(nights).stream()
			.filter((key) -> key.status().equals("disabled"))
			.map(KeyFacts::ref)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<KeyFacts> keys(Nights nights) {
		return nights.sources().stream().flatMap((source) -> source.keys().stream()).toList();
	}

}
