package io.keysteward.endurance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How long a campaign is: short with every build, full with {@code -Pendurance}. Which
 * points a short one takes, and the random moments, follow from the seed.
 */
public final class CampaignSize {

	static final boolean FULL = "full".equals(System.getProperty("endurance.form"));

	private static final long SEED = Long.getLong("endurance.seed", System.nanoTime() % 1_000_000);

	private CampaignSize() {
	}

	/**
	 * {@return random numbers that are the same for the same seed}
	 */
	static Random random() {
		return new Random(SEED);
	}

	/**
	 * {@return how often something is done}
	 */
	public static int count(int inShort, int inFull) {
		return Integer.getInteger("endurance.count", FULL ? inFull : inShort);
	}

	/**
	 * {@return all of them, or those that were asked for by a part of their name}
	 */
	static List<Point> asked(List<Point> points) {
		String part = System.getProperty("endurance.point", "");
		return points.stream().filter((point) -> point.toString().contains(part)).toList();
	}

	/**
	 * {@return all of them, or in the short form a few that differ from seed to seed}
	 */
	public static <T> List<T> some(List<T> all, int few) {
		if (FULL) {
			return all;
		}
		print("some of " + all.size() + " cases");
		List<T> shuffled = new ArrayList<>(all);
		Collections.shuffle(shuffled, random());
		return shuffled.subList(0, Math.min(few, shuffled.size()));
	}

	/** Says it where whoever reads the build's output finds it. */
	static void print(String line) {
		System.out.println("campaign: " + seeded(line));
	}

	/**
	 * {@return what was said, and how to have it again}
	 */
	static String seeded(String message) {
		return message + " (-Dendurance.seed=" + SEED + ")";
	}

}
