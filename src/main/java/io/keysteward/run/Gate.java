package io.keysteward.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What can hold a key that would otherwise be disabled. A key is held by the first closed
 * gate in this order, and all that are closed are named.
 */
public enum Gate {

	/** No exemption covers it; exemptions that cannot be read hold the whole run. */
	EXEMPT(Scope.KEY),

	/** Its kind may be disabled, and its source can disable reversibly. */
	KIND(Scope.KEY),

	/** Nothing else still names it, as far as its source says. */
	REFERENCED(Scope.KEY),

	/** It is past the disabling threshold, by the policy of this run. */
	LEVEL(Scope.KEY),

	/** Nobody re-enabled it since it was disabled. */
	REENABLED(Scope.KEY),

	/** Where it has to be, somebody has decided to disable it, and not too long ago. */
	APPROVAL(Scope.KEY),

	/** Its finding was open on enough different days. */
	SEEN_BEFORE(Scope.KEY),

	/** Its owner was warned, long enough ago and not too long ago. */
	NOTICE(Scope.KEY),

	/** Policy and source definition are those of the previous run. */
	POLICY(Scope.SOURCE),

	/** The source shows signs of life and is whole. */
	FRESH(Scope.SOURCE),

	/** The run's time lies in the allowed days and hours. */
	WINDOW(Scope.SOURCE),

	/** The due keys are few enough. */
	BREAKER(Scope.RUN),

	/** Few enough owners would be warned at once. It holds warnings, and no key. */
	WARNINGS(Scope.RUN);

	private static final Set<Gate> OFF_THE_WAY = EnumSet.of(KIND, REFERENCED);

	private final Scope scope;

	Gate(Scope scope) {
		this.scope = scope;
	}

	/**
	 * {@return whether one of these closed gates keeps the key off the way to being
	 * disabled: nobody is warned of what will not come}
	 */
	public static boolean keepOffTheWay(Set<Gate> closed) {
		return !Collections.disjoint(closed, OFF_THE_WAY);
	}

	/**
	 * Of what a gate is asked.
	 */
	public enum Scope {

		/** Of each key, by a {@code KeyGate}. */
		KEY,

		/** Of each source, by a {@code SourceGate}. */
		SOURCE,

		/** Of all that a run would do. */
		RUN;

		/**
		 * Fails where one of the gates of this scope is not there once.
		 * @param present the gates that are there
		 */
		public void requireAll(List<Gate> present) {
			List<Gate> all = Arrays.stream(Gate.values()).filter((gate) -> gate.scope == this).toList();
			if (!present.stream().sorted().toList().equals(all)) {
				throw new IllegalStateException(
						"There must be one gate for each of " + all + ", and there are " + present);
			}
		}

	}

}
