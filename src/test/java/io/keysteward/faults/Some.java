package io.keysteward.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which of many cases are tried: all of them in the full form, a few that differ from
 * build to build in the short one.
 */
final class Some {

	private static final boolean FULL = "full".equals(System.getProperty("endurance.form"));

	private static final long SEED = Long.getLong("endurance.seed", System.nanoTime() % 1_000_000);

	private Some() {
	}

	static <T> List<T> of(List<T> all, int few) {
		if (FULL) {
			return all;
		}
		System.out.println("some of " + all.size() + " cases (-Dendurance.seed=" + SEED + ")");
		List<T> shuffled = new ArrayList<>(all);
		Collections.shuffle(shuffled, new Random(SEED));
		return shuffled.subList(0, Math.min(few, shuffled.size()));
	}

}
