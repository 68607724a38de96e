package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.keysteward.disabling.KeyFacts.Ref;
import org.jspecify.annotations.Nullable;

/**
 * People who make, use, forget and lose keys, by chance, and always in the same way for
 * the same seed. It remembers when each key was truly used, whatever the source says.
 */
final class SimulatedCompany {

	static final int OWNERS = 20;

	static final int PROJECTS = 6;

	private final Random random;

	/** By itself, so that what else happens stays the same. */
	private final Random attempts;

	private final Map<String, SimulatedSource> sources = new TreeMap<>();

	/** How many days lie between two uses; 0: none any more. */
	private final Map<Ref, Integer> habits = new TreeMap<>();

	private final Map<Ref, Instant> trulyUsed = new TreeMap<>();

	private int lastKey;

	SimulatedCompany(long seed, List<SimulatedSource> sources) {
		this.random = new Random(seed);
		this.attempts = new Random(seed + 1);
		sources.forEach((source) -> this.sources.put(source.id(), source));
	}

	/** Owner 19 has no address, 20 has one that is refused, 18 one in another domain. */
	void found(Instant now, int keysOfEach) {
		for (SimulatedSource source : this.sources.values()) {
			for (int number = 1; number <= OWNERS; number++) {
				String email = switch (number) {
					case 18 -> "someone@elsewhere.test";
					case 19 -> null;
					case 20 -> "refused@example.com";
					default -> "u" + number + "@example.com";
				};
				source.change("INSERT INTO account (id, name, email, created_at) VALUES (?, ?, ?, ?)",
						owner(source, number), "Owner " + number, email, now.minus(Duration.ofDays(900)));
			}
			for (int number = 1; number <= PROJECTS; number++) {
				source.change("INSERT INTO project (id, name, created_at) VALUES (?, ?, ?)", project(source, number),
						"Project " + number, now.minus(Duration.ofDays(900)));
			}
			for (int number = 1; number <= keysOfEach; number++) {
				Instant created = now.minus(Duration.ofDays(this.random.nextInt(200)));
				// Every tenth is of a group that nobody uses from the first day on.
				int habit = (number % 10 == 0) ? 0 : habit();
				Instant used = now.minusSeconds(this.random.nextInt(86400));
				if (habit == 0 && number % 10 > 0) {
					used = now.minus(Duration.ofDays(this.random.nextInt(30)));
				}
				create(source, created, (habit == 0 || used.isAfter(created)) ? used : null, habit);
			}
		}
	}

	@Nullable Instant trulyUsed(Ref ref) {
		return this.trulyUsed.get(ref);
	}

	/** Everything that happens between two nights. */
	void day(Instant from, Instant to) {
		for (SimulatedSource source : this.sources.values()) {
			List<KeyFacts> keys = source.keys();
			for (KeyFacts key : keys) {
				int habit = this.habits.getOrDefault(key.ref(), 0);
				if (habit > 0 && key.status().equals("active") && this.random.nextInt(habit) == 0) {
					use(source, key.ref(), between(from, to));
				}
				attempt(source, key, from, to);
			}
			for (int event = 0; event < 4 && !keys.isEmpty(); event++) {
				happens(source, keys.get(this.random.nextInt(keys.size())), between(from, to));
			}
		}
	}

	/** Some try what is off, few what is on; some keys are named somewhere for a time. */
	private void attempt(SimulatedSource source, KeyFacts key, Instant from, Instant to) {
		String id = key.ref().key();
		if (this.attempts.nextInt(key.status().equals("active") ? 20 : 4) == 0) {
			Instant at = from.plusSeconds(this.attempts.nextInt((int) Duration.between(from, to).toSeconds()));
			source.change("UPDATE api_key SET last_denied_at = greatest(last_denied_at, created_at, ?) WHERE id = ?",
					at, id);
		}
		if (this.attempts.nextInt(key.named() ? 10 : 60) == 0) {
			source.change("UPDATE api_key SET referenced_by = ? WHERE id = ?", key.named() ? null : "pipeline of " + id,
					id);
		}
	}

	private void happens(SimulatedSource source, KeyFacts key, Instant at) {
		String id = key.ref().key();
		switch (this.random.nextInt(40)) {
			case 0, 1 -> create(source, at, null, habit());
			case 2 -> source.change("DELETE FROM api_key WHERE id = ?", id);
			case 3 -> source.change("UPDATE api_key SET name = ? WHERE id = ?", "renamed " + id, id);
			case 4, 5, 6, 7, 25, 26 -> this.habits.put(key.ref(), 0);
			case 8, 9 -> use(source, key.ref(), at);
			case 10 -> source.change("UPDATE account SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL", at,
					owner(source, 1 + this.random.nextInt(OWNERS)));
			case 11, 12 -> source.change("UPDATE account SET disabled_at = NULL WHERE id = ?",
					owner(source, 1 + this.random.nextInt(OWNERS)));
			case 13 -> source.change("UPDATE api_key SET owner_id = ? WHERE id = ?",
					owner(source, 1 + this.random.nextInt(OWNERS)), id);
			case 14 -> source.change("UPDATE api_key SET project_id = ? WHERE id = ?",
					(this.random.nextInt(3) == 0) ? null : project(source, 1 + this.random.nextInt(PROJECTS)), id);
			case 15 -> source.change(
					"UPDATE api_key SET status = 'disabled', disabled_at = ? WHERE id = ?" + " AND status = 'active'",
					at, id);
			case 16 -> source.change("UPDATE api_key SET kind = ? WHERE id = ?",
					List.of("personal", "team", "system", "robot").get(this.random.nextInt(4)), id);
			case 17 -> source.change("UPDATE api_key SET expires_at = ? WHERE id = ?",
					at.plus(Duration.ofDays(this.random.nextInt(60))), id);
			case 18 -> source.change("UPDATE project SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
					(this.random.nextInt(4) == 0) ? at : null, project(source, 1 + this.random.nextInt(PROJECTS)));
			case 19 -> source.change("UPDATE project SET deleted_at = NULL");
			case 20 -> source.change("UPDATE account SET email = ? WHERE id = ?",
					"new" + this.random.nextInt(9) + "@example.com", owner(source, 1 + this.random.nextInt(17)));
			case 21, 22, 23, 24 -> reenableOne(source);
			default -> {
			}
		}
	}

	/** An owner who was surprised switches a key on again, and may forget it again. */
	private void reenableOne(SimulatedSource source) {
		List<KeyFacts> off = source.keys().stream().filter((key) -> key.status().equals("disabled")).toList();
		if (!off.isEmpty()) {
			source.change("UPDATE api_key SET status = 'active', disabled_at = NULL, disabled_by_run = NULL"
					+ " WHERE id = ?", off.get(this.random.nextInt(off.size())).ref().key());
		}
	}

	void use(SimulatedSource source, Ref ref, Instant at) {
		if (source.change(
				"UPDATE api_key SET last_used_at = greatest(last_used_at, ?) WHERE id = ?" + " AND status = 'active'",
				at, ref.key()) > 0) {
			this.trulyUsed.merge(ref, at, (one, other) -> one.isAfter(other) ? one : other);
		}
	}

	/** Owners whose keys would have been disabled had they not been too many. */
	void comeForward(Set<Ref> due, Instant at) {
		for (Ref ref : due) {
			SimulatedSource source = this.sources.get(ref.source());
			if (source != null && this.random.nextInt(2) == 0) {
				use(source, ref, at);
			}
		}
	}

	/**
	 * {@return some of the source's active keys, at most so many}
	 */
	Set<String> some(SimulatedSource source, int count) {
		List<KeyFacts> keys = new ArrayList<>(source.keys());
		Set<String> some = new TreeSet<>();
		while (some.size() < count && !keys.isEmpty()) {
			some.add(keys.remove(this.random.nextInt(keys.size())).ref().key());
		}
		return some;
	}

	int chance(int bound) {
		return this.random.nextInt(bound);
	}

	static String owner(SimulatedSource source, int number) {
		return source.id() + "-u" + number;
	}

	static String project(SimulatedSource source, int number) {
		return source.id() + "-p" + number;
	}

	private void create(SimulatedSource source, Instant at, @Nullable Instant used, int habit) {
		String id = "key-%s-%04d".formatted(source.id(), ++this.lastKey);
		source.change("""
				INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', ?, ?, ?, CAST(? AS timestamptz))
				""", id, "service " + id, project(source, 1 + this.random.nextInt(PROJECTS)),
				(this.random.nextInt(15) == 0) ? null : owner(source, 1 + this.random.nextInt(OWNERS)), at,
				(used != null) ? used.toString() : null);
		Ref ref = new Ref(source.id(), id);
		this.habits.put(ref, habit);
		if (used != null) {
			this.trulyUsed.put(ref, used);
		}
	}

	private int habit() {
		return List.of(1, 1, 1, 1, 2, 2, 5, 7, 20, 30, 0).get(this.random.nextInt(11));
	}

	private Instant between(Instant from, Instant to) {
		long seconds = Duration.between(from, to).toSeconds();
		return from.plusSeconds((long) (this.random.nextDouble() * seconds));
	}

}
