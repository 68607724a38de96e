package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.disabling.KeyFacts.Ref;
import io.keysteward.disabling.PlainTerms.Exemption;
import io.keysteward.disabling.PlainTerms.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The gates once more, written from the design alone: in memory, one key at a time, slow.
 */
final class ReferenceModel {

	private static final List<String> ORDER = List.of("EXEMPT", "KIND", "REFERENCED", "LEVEL", "REENABLED", "APPROVAL",
			"SEEN_BEFORE", "NOTICE", "POLICY", "FRESH", "WINDOW", "BREAKER");

	private final Map<Ref, Map<String, Open>> open = new HashMap<>();

	private final List<Sent> sent = new ArrayList<>();

	private final Map<String, List<Instant>> reads = new HashMap<>();

	private final Map<Ref, Instant> switched = new HashMap<>();

	private final Set<Ref> disabledOnce = new TreeSet<>();

	private final Map<Ref, Use> uses = new HashMap<>();

	/** Whom somebody has decided to disable, in the workbook of which night. */
	private final Map<Ref, Approval> approved = new HashMap<>();

	/** What was disabled under a trial, when, and who has touched nothing since. */
	private final Map<Ref, Instant> onTrial = new HashMap<>();

	/** Those of them that were tried in time, whatever is seen of them later. */
	private final Set<Ref> tried = new TreeSet<>();

	private @Nullable Baseline baseline;

	/**
	 * What is given of one night.
	 *
	 * @param now when it is done, at or after the as-of
	 * @param exemptions null: the file cannot be read
	 * @param recipients who is notified about a key; empty: nobody
	 * @param refused addresses that the mail server refuses
	 */
	record Tonight(Instant asOf, Instant now, boolean disable, PlainTerms terms, List<KeyFacts> keys,
			@Nullable List<Exemption> exemptions, boolean mailServerAnswers, Set<String> refused,
			Function<KeyFacts, Set<String>> recipients) {
	}

	/**
	 * What is expected of one night.
	 *
	 * @param notices which keys are named to whom by which kind of notice, as
	 * {@code KIND address key}
	 */
	record Expected(int exit, Map<Ref, Verdict> verdicts, Set<Ref> disabled, Set<Ref> restored, Set<String> notices) {

		Set<Ref> heldBy(String gate) {
			Set<Ref> held = new TreeSet<>();
			this.verdicts.forEach((ref, verdict) -> {
				if (gate.equals(verdict.heldBy())) {
					held.add(ref);
				}
			});
			return held;
		}

	}

	/** Days count once the run that saw it is complete, and today's. */
	private record Open(Instant firstSeen, Set<LocalDate> before, LocalDate today, boolean complete) {

		private Open seen(LocalDate day, boolean complete) {
			Set<LocalDate> days = new TreeSet<>(this.before);
			if (this.complete) {
				days.add(this.today);
			}
			return new Open(this.firstSeen, days, day, complete);
		}

		private int days() {
			return this.before.size() + (this.before.contains(this.today) ? 0 : 1);
		}

	}

	/** What is open of a key, and by which of it the key may be disabled. */
	private record Standing(@Nullable Open idle, @Nullable Open orphan, boolean byIdle, boolean byOrphan) {

		private boolean violates() {
			return this.byIdle || this.byOrphan;
		}

		private int days() {
			if (this.idle == null) {
				return 0;
			}
			if (this.byIdle) {
				return this.idle.days();
			}
			return (this.byOrphan && this.orphan != null) ? Math.min(this.idle.days(), this.orphan.days()) : 0;
		}

		/** A key that is in use is not in any round. */
		private Instant since() {
			if (this.idle == null) {
				return Instant.MAX;
			}
			Instant found = this.idle.firstSeen;
			Instant lost = (this.orphan != null) ? this.orphan.firstSeen : found;
			if (this.byIdle) {
				return found;
			}
			return this.byOrphan ? later(found, lost) : found.isBefore(lost) ? found : lost;
		}

	}

	/**
	 * A notice about a key counts only as long as its owner and project stay.
	 */
	private record Sent(String kind, Ref ref, Instant at, List<String> contact) {

		private static List<String> contact(KeyFacts key) {
			return Stream.of(key.owner(), key.email(), key.ownerLost(), key.project()).map(String::valueOf).toList();
		}

	}

	/** The newest use that any night has seen of a key, and when that was created. */
	private record Use(Instant created, Instant at) {
	}

	private record Approval(Instant created, Instant asOf) {
	}

	private record Baseline(PlainTerms terms, Map<String, long[]> rowsAndUnknown) {
	}

	/** Somebody switched on what was disabled, by the command restore. */
	void restored(Ref ref, Instant at) {
		this.onTrial.remove(ref);
		this.switched.put(ref, at);
	}

	/** Somebody decided to disable it, in the workbook of a night. */
	void approved(KeyFacts key, Instant asOf) {
		this.approved.put(key.ref(), new Approval(key.created(), asOf));
	}

	Expected night(Tonight shown) {
		Set<Ref> forgotten = forgotten(shown);
		List<KeyFacts> keys = shown.keys.stream()
			.map((key) -> forgotten.contains(key.ref()) ? newest(key) : key)
			.toList();
		shown.keys.forEach(this::remember);
		Tonight tonight = new Tonight(shown.asOf, shown.now, shown.disable, shown.terms, keys, shown.exemptions,
				shown.mailServerAnswers, shown.refused, shown.recipients);
		Set<String> sources = tonight.keys.stream().map((key) -> key.ref().source()).collect(Collectors.toSet());
		sources.forEach((source) -> this.reads.computeIfAbsent(source, (none) -> new ArrayList<>()).add(tonight.asOf));
		Map<Ref, KeyFacts> judged = new TreeMap<>();
		tonight.keys.stream().filter((key) -> judged(key, tonight)).forEach((key) -> judged.put(key.ref(), key));
		reconcile(tonight, judged);
		Map<String, Boolean> stale = new HashMap<>();
		sources.forEach((source) -> stale.put(source, stale(source, shown) || forgets(source, shown, forgotten)));
		boolean otherPolicy = this.baseline == null || !this.baseline.terms.equals(tonight.terms);
		Map<Ref, Verdict> verdicts = new TreeMap<>();
		judged.forEach((ref, key) -> {
			if (idle(key, tonight.terms.idleWarn(), tonight) || orphaned(key)) {
				boolean isStale = stale.getOrDefault(ref.source(), true);
				verdicts.put(ref, verdict(key, tonight, isStale, otherPolicy, forgotten.contains(ref)));
			}
		});
		boolean breaker = breaks(verdicts, tonight);
		verdicts.replaceAll((ref, verdict) -> verdict.settled(tonight.disable, breaker));
		Set<Ref> disabled = verdicts.entrySet()
			.stream()
			.filter((entry) -> "DISABLED".equals(entry.getValue().outcome()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<Ref> restored = restored(shown);
		disabled.forEach((ref) -> {
			this.switched.put(ref, tonight.now);
			this.onTrial.put(ref, tonight.now);
		});
		this.disabledOnce.addAll(disabled);
		Set<String> notices = notices(verdicts, judged, tonight);
		boolean held = tonight.exemptions == null
				|| (tonight.disable && (breaker || otherPolicy || stale.containsValue(true)));
		if (tonight.mailServerAnswers) {
			this.baseline = new Baseline(tonight.terms, counts(tonight.keys));
		}
		return new Expected(tonight.mailServerAnswers ? (held ? 3 : 0) : 1, verdicts, disabled, restored, notices);
	}

	/**
	 * An attempt within a day of the disabling, and not within the minute that it takes.
	 */
	private Set<Ref> restored(Tonight tonight) {
		Set<Ref> restored = new TreeSet<>();
		for (KeyFacts key : tonight.keys) {
			Instant disabled = this.onTrial.get(key.ref());
			if (disabled != null && !key.status().equals("disabled")) {
				this.onTrial.remove(key.ref());
			}
			else if (disabled != null && key.denied() != null) {
				boolean tried = key.denied().isAfter(disabled.plus(tonight.terms.effective()))
						&& !key.denied().isAfter(disabled.plus(tonight.terms.trial()));
				if (tried && !timesWrong(key, tonight)) {
					this.tried.add(key.ref());
				}
			}
		}
		if (tonight.disable) {
			this.onTrial.keySet().stream().filter(this.tried::contains).forEach(restored::add);
			restored.forEach((ref) -> this.switched.put(ref, tonight.now));
			this.onTrial.keySet().removeAll(restored);
		}
		this.tried.retainAll(this.onTrial.keySet());
		return restored;
	}

	private static boolean judged(KeyFacts key, Tonight tonight) {
		return !timesWrong(key, tonight) && key.activeAt(tonight.asOf)
				&& Set.of("personal", "team", "system").contains(key.kind());
	}

	private static boolean timesWrong(KeyFacts key, Tonight tonight) {
		// What happened until it was read is no fault of the source.
		Instant latest = later(tonight.asOf, tonight.now).plus(Duration.ofMinutes(5));
		Instant used = key.used();
		return key.created().isAfter(latest) || (used != null
				&& (used.isAfter(latest) || used.plus(tonight.terms.uncertainty()).isBefore(key.created())));
	}

	private void reconcile(Tonight tonight, Map<Ref, KeyFacts> judged) {
		LocalDate day = day(tonight.asOf);
		Set<Ref> wrong = tonight.keys.stream()
			.filter((key) -> timesWrong(key, tonight))
			.map(KeyFacts::ref)
			.collect(Collectors.toSet());
		this.open.keySet().removeIf((ref) -> !judged.containsKey(ref) && !wrong.contains(ref));
		judged.forEach((ref, key) -> {
			Map<String, Open> before = this.open.getOrDefault(ref, Map.of());
			Map<String, Open> now = new HashMap<>();
			Stream.of("IDLE", "ORPHANED")
				.filter((rule) -> rule.equals("IDLE") ? idle(key, tonight.terms.idleWarn(), tonight) : orphaned(key))
				.filter((rule) -> exemption(key, rule, tonight).isEmpty())
				.forEach((rule) -> now.put(rule,
						Optional.ofNullable(before.get(rule))
							.map((finding) -> finding.seen(day, tonight.mailServerAnswers))
							.orElse(new Open(tonight.asOf, Set.of(), day, tonight.mailServerAnswers))));
			this.open.put(ref, now);
		});
	}

	private static Optional<Exemption> exemption(KeyFacts key, String rule, Tonight tonight) {
		return Stream.ofNullable(tonight.exemptions)
			.flatMap(List::stream)
			.filter((exemption) -> exemption.covers(key, rule, tonight.asOf))
			.findFirst();
	}

	private static boolean idle(KeyFacts key, Duration threshold, Tonight tonight) {
		return !key.unknown() && !key.unusedSince().plus(tonight.terms.margin()).plus(threshold).isAfter(tonight.asOf);
	}

	private static boolean orphaned(KeyFacts key) {
		return key.projectLost() || key.ownerLost();
	}

	private boolean stale(String source, Tonight tonight) {
		List<KeyFacts> keys = tonight.keys.stream().filter((key) -> key.ref().source().equals(source)).toList();
		Instant alive = tonight.asOf.minus(tonight.terms.aliveWithin());
		boolean dead = keys.stream().map(KeyFacts::used).noneMatch((used) -> used != null && !used.isBefore(alive));
		long[] before = (this.baseline != null) ? this.baseline.rowsAndUnknown.get(source) : null;
		if (dead || before == null) {
			return true;
		}
		long[] now = counts(keys).getOrDefault(source, new long[2]);
		return now[0] * 100 < before[0] * 80 || 100.0 * now[1] / now[0] - 100.0 * before[1] / before[0] > 20;
	}

	/** Keys of which the source shows less than some night has seen. */
	private Set<Ref> forgotten(Tonight tonight) {
		Set<Ref> forgotten = new TreeSet<>();
		for (KeyFacts key : tonight.keys) {
			Use known = this.uses.get(key.ref());
			if (known != null && !key.created().isAfter(known.created) && !known.at.isBefore(key.created())
					&& (key.used() == null || key.used().isBefore(known.at))) {
				forgotten.add(key.ref());
			}
		}
		return forgotten;
	}

	private KeyFacts newest(KeyFacts key) {
		Use known = this.uses.get(key.ref());
		return (known == null || key.unknown()) ? key : key.usedAt(known.at);
	}

	private void remember(KeyFacts key) {
		Instant used = key.used();
		Use known = this.uses.get(key.ref());
		if (used != null && (known == null || key.created().isAfter(known.created) || used.isAfter(known.at))) {
			this.uses.put(key.ref(), new Use(key.created(), used));
		}
	}

	private static boolean forgets(String source, Tonight tonight, Set<Ref> forgotten) {
		long back = forgotten.stream().filter((ref) -> ref.source().equals(source)).count();
		long all = tonight.keys.stream().filter((key) -> key.ref().source().equals(source)).count();
		return back > 3 && back * 100 > all;
	}

	private static Map<String, long[]> counts(List<KeyFacts> keys) {
		Map<String, long[]> counts = new HashMap<>();
		for (KeyFacts key : keys) {
			long[] count = counts.computeIfAbsent(key.ref().source(), (none) -> new long[2]);
			count[0]++;
			count[1] += key.unknown() ? 1 : 0;
		}
		return counts;
	}

	private Verdict verdict(KeyFacts key, Tonight tonight, boolean stale, boolean otherPolicy, boolean forgotten) {
		PlainTerms terms = tonight.terms;
		Instant asOf = tonight.asOf;
		Standing standing = standing(key, tonight, forgotten);
		Instant since = countsSince(key, standing, terms);
		Instant warned = last("WARNING", key, since, asOf).filter((at) -> !at.plus(terms.noticeValid()).isBefore(asOf))
			.orElse(null);
		Instant last = (warned != null) ? last("FINAL", key, warned, asOf).orElse(null) : null;
		boolean reached = !tonight.recipients.apply(key).isEmpty();
		boolean complete = warned != null && last != null && !warned.plus(terms.notice()).isAfter(asOf)
				&& !last.plus(terms.finalNotice()).isAfter(asOf);
		boolean exempt = exempt(key, tonight);
		boolean never = key.kind().equals("system");
		Set<String> closed = new TreeSet<>();
		close(closed, "EXEMPT", exempt || tonight.exemptions == null);
		close(closed, "KIND", never);
		close(closed, "REFERENCED", key.named());
		// The finding of an exempt key is not followed, so nothing is said of it.
		close(closed, "LEVEL", !exempt && !standing.violates());
		close(closed, "REENABLED", !exempt && this.disabledOnce.contains(key.ref()) && !complete);
		// One that is in use or is never disabled has nobody to be warned of it.
		boolean onTheWay = !exempt && !never && !key.named()
				&& this.open.getOrDefault(key.ref(), Map.of()).containsKey("IDLE");
		close(closed, "APPROVAL", onTheWay && !isApproved(key, tonight));
		close(closed, "SEEN_BEFORE", onTheWay && standing.days() < terms.minRuns());
		close(closed, "NOTICE", onTheWay && (!complete || !reached));
		close(closed, "POLICY", otherPolicy);
		close(closed, "FRESH", stale);
		close(closed, "WINDOW",
				!terms.inWindow().test(asOf) || (tonight.disable && !terms.inWindow().test(tonight.now)));
		String heldBy = ORDER.stream().filter(closed::contains).findFirst().orElse(null);
		// Nobody is notified because of a source that is not reliable tonight.
		boolean notifies = reached && !never && !key.named() && !exempt && !stale && !otherPolicy && !forgotten
				&& tonight.exemptions != null;
		String next = notifies ? next(key, levelAt(key, standing, tonight), warned, last, tonight) : null;
		return new Verdict((heldBy != null) ? "HELD" : "DUE", heldBy, closed, null, next, warned, last);
	}

	private boolean isApproved(KeyFacts key, Tonight tonight) {
		Approval approval = this.approved.get(key.ref());
		return approval != null && approval.created.equals(key.created()) && !approval.asOf.isAfter(tonight.asOf)
				&& !approval.asOf.plus(tonight.terms.approvalValid()).isBefore(tonight.asOf);
	}

	private static boolean exempt(KeyFacts key, Tonight tonight) {
		return (exemption(key, "IDLE", tonight).isPresent() && idle(key, tonight.terms.idleWarn(), tonight))
				|| (exemption(key, "ORPHANED", tonight).isPresent() && orphaned(key));
	}

	private Standing standing(KeyFacts key, Tonight tonight, boolean forgotten) {
		Map<String, Open> findings = this.open.getOrDefault(key.ref(), Map.of());
		Open idle = findings.get("IDLE");
		Open orphan = findings.get("ORPHANED");
		boolean byIdle = !forgotten && idle != null && idle(key, tonight.terms.idleViolation(), tonight);
		boolean byOrphan = !forgotten && idle != null && orphan != null
				&& !orphan.firstSeen.plus(tonight.terms.orphanedGrace()).isAfter(tonight.asOf);
		return new Standing(idle, orphan, byIdle, byOrphan);
	}

	private @Nullable String next(KeyFacts key, Instant level, @Nullable Instant warned, @Nullable Instant last,
			Tonight tonight) {
		Instant asOf = tonight.asOf;
		PlainTerms terms = tonight.terms;
		if (warned == null) {
			return level.isAfter(asOf.plus(terms.notice())) ? null : "WARNING";
		}
		Instant due = later(level, warned.plus(terms.notice()));
		if (last != null) {
			return null;
		}
		if (!day(due).isAfter(day(asOf.plus(terms.finalNotice())))) {
			return "FINAL";
		}
		LocalDate from = day(due).minusDays(terms.reminder().toDays());
		boolean sinceThen = Stream.of(Optional.of(warned), last("REMINDER", key, warned, asOf))
			.flatMap(Optional::stream)
			.anyMatch((at) -> !day(at).isBefore(from));
		return (sinceThen || day(asOf).isBefore(from)) ? null : "REMINDER";
	}

	private static void close(Set<String> closed, String gate, boolean condition) {
		if (condition) {
			closed.add(gate);
		}
	}

	private Instant countsSince(KeyFacts key, Standing standing, PlainTerms terms) {
		// Whoever uses a key has answered what was said before.
		Instant since = later(standing.since(), key.unusedSince());
		List<Instant> reads = this.reads.getOrDefault(key.ref().source(), List.of());
		for (int index = 1; index < reads.size(); index++) {
			if (reads.get(index - 1).plus(terms.maxGap()).isBefore(reads.get(index))) {
				since = later(since, reads.get(index));
			}
		}
		return later(since, this.switched.getOrDefault(key.ref(), Instant.MIN));
	}

	/** When the key will be past the threshold if nothing changes. */
	private static Instant levelAt(KeyFacts key, Standing standing, Tonight tonight) {
		if (standing.idle == null) {
			return Instant.MAX; // Not in sight: it is in use.
		}
		PlainTerms terms = tonight.terms;
		Instant byIdle = key.unusedSince().plus(terms.margin()).plus(terms.idleViolation());
		Instant byOrphan = (standing.orphan != null) ? standing.orphan.firstSeen.plus(terms.orphanedGrace()) : byIdle;
		return byIdle.isBefore(byOrphan) ? byIdle : byOrphan;
	}

	private static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, ZoneOffset.UTC);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private Optional<Instant> last(String kind, KeyFacts key, Instant since, Instant asOf) {
		return this.sent.stream()
			.filter((notice) -> notice.kind.equals(kind) && notice.ref.equals(key.ref())
					&& notice.contact.equals(Sent.contact(key)) && !notice.at.isBefore(since)
					&& !notice.at.isAfter(asOf))
			.map(Sent::at)
			.max(Instant::compareTo);
	}

	private static boolean breaks(Map<Ref, Verdict> verdicts, Tonight tonight) {
		Map<String, Long> due = verdicts.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().decision().equals("DUE"))
			.collect(Collectors.groupingBy((entry) -> entry.getKey().source(), Collectors.counting()));
		long all = due.values().stream().mapToLong(Long::longValue).sum();
		return all > tonight.terms.maxKeys() || due.entrySet().stream().anyMatch((entry) -> {
			long active = tonight.keys.stream()
				.filter((key) -> key.ref().source().equals(entry.getKey()) && key.activeAt(tonight.asOf))
				.count();
			return entry.getValue() * 100 > active * tonight.terms.maxPercent();
		});
	}

	private Set<String> notices(Map<Ref, Verdict> verdicts, Map<Ref, KeyFacts> judged, Tonight tonight) {
		Set<String> notices = new TreeSet<>();
		if (!tonight.mailServerAnswers || tonight.exemptions == null) {
			return notices;
		}
		verdicts.forEach((ref, verdict) -> {
			KeyFacts key = judged.get(ref);
			String kind = verdict.nextNotice();
			if (key == null || kind == null) {
				return;
			}
			Set<String> reached = new TreeSet<>(tonight.recipients.apply(key));
			reached.removeAll(tonight.refused);
			if (!reached.isEmpty()) {
				this.sent.add(new Sent(kind, ref, tonight.now, Sent.contact(key)));
			}
			reached.forEach((address) -> notices.add(kind + " " + address + " " + ref));
		});
		return notices;
	}

}
