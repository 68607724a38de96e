package io.keysteward.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The keys that surround those made by hand: most of them in use, some forgotten. The
 * same in every run of the demo.
 */
final class DemoEverydayKeys {

	private static final List<String> ENVIRONMENTS = List.of("prod", "staging", "dev");

	private static final List<String> NO_NAMES = List.of("test", "tmp", "key 2", "new key", "untitled");

	private final Random random = new Random(20_240_229);

	private final List<DemoKey> keys = new ArrayList<>();

	/**
	 * {@return the everyday keys of the console}
	 */
	static List<DemoKey> console() {
		DemoEverydayKeys everyday = new DemoEverydayKeys();
		DemoProject.CONSOLE.forEach((project) -> everyday.add(project, "ak-", "active", "disabled"));
		return everyday.keys;
	}

	/**
	 * {@return the everyday keys of the payment platform}
	 */
	static List<DemoKey> payments() {
		DemoEverydayKeys everyday = new DemoEverydayKeys();
		DemoProject.PAYMENTS.forEach((project) -> everyday.add(project, "", "LIVE", "REVOKED"));
		return everyday.keys;
	}

	private void add(DemoProject project, String prefix, String active, String disabled) {
		List<String> names = names(project);
		for (String name : names.subList(0, project.keys())) {
			String lastUsed = lastUsed();
			int age = 1 + (int) (520 * Math.pow(this.random.nextDouble(), 1.4));
			this.keys.add(new DemoKey(prefix + (10_001 + this.keys.size()), "main", name(project, name), project.id(),
					pick(project.owners()), kind(), chance(3) ? disabled : active, created(age, lastUsed), lastUsed));
		}
	}

	private List<String> names(DemoProject project) {
		List<String> names = new ArrayList<>();
		for (String environment : ENVIRONMENTS) {
			project.purposes().forEach((purpose) -> names.add(environment + "-" + project.slug() + "-" + purpose));
		}
		Collections.shuffle(names, this.random);
		return names;
	}

	private String name(DemoProject project, String name) {
		// The project with a convention keeps to it, but for one key made by hand.
		if (project.id().equals("prj-customs") || !chance(4)) {
			return name;
		}
		return chance(30) ? new UUID(this.random.nextLong(), this.random.nextLong()).toString() : pick(NO_NAMES);
	}

	private String kind() {
		return chance(3) ? "browser" : chance(30) ? "personal" : "team";
	}

	private @Nullable String lastUsed() {
		int lot = this.random.nextInt(100);
		if (lot < 74) {
			return (1 + this.random.nextInt(1400)) + " minutes";
		}
		if (lot < 80) {
			return days(9, 40);
		}
		if (lot < 88) {
			return days(50, 88);
		}
		return (lot < 96) ? days(100, 400) : null;
	}

	private String created(int age, @Nullable String lastUsed) {
		int used = (lastUsed != null && lastUsed.contains("days"))
				? Integer.parseInt(lastUsed.substring(0, lastUsed.indexOf(' '))) : 0;
		return Math.max(age, used + 3 + this.random.nextInt(60)) + " days " + this.random.nextInt(24) + " hours";
	}

	private String days(int from, int to) {
		return (from + this.random.nextInt(to - from)) + " days " + this.random.nextInt(1440) + " minutes";
	}

	private <T> T pick(List<T> from) {
		return from.get(this.random.nextInt(from.size()));
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

}
