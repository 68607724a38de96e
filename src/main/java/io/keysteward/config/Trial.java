package io.keysteward.config;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.keysteward.job.Places;
import io.keysteward.policy.Coverage;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The results of one check so far, and its listener.
 */
final class Trial {

	static final String DATABASE = "governance database";

	static final String POLICY = "policy";

	private final Readiness.Listener listener;

	private final long mostKeys;

	private final Places places = new Places();

	private final Map<String, RuntimeException> faults = new HashMap<>();

	private @Nullable Coverage coverage;

	private boolean tablesAreThere;

	Trial(Readiness.Listener listener, long mostKeys) {
		this.listener = listener;
		this.mostKeys = mostKeys;
	}

	/**
	 * Checks a part and passes the result on.
	 */
	void attempt(String part, Supplier<@Nullable String> work) {
		try {
			String seen = work.get();
			if (seen != null) {
				this.listener.passed(part, seen);
			}
		}
		catch (RuntimeException ex) {
			failed(part, ex);
		}
	}

	void failed(String part, RuntimeException ex) {
		this.faults.putIfAbsent(part, ex);
		this.listener.failed(part, ex);
	}

	void warned(String part, String line) {
		this.listener.warned(part, line);
	}

	/**
	 * {@return the fault of a part; null: none, or it was not tried}
	 */
	@Nullable RuntimeException fault(String part) {
		return this.faults.get(part);
	}

	/**
	 * {@return the most keys to read of each source, rounded up to blocks}
	 */
	long mostKeys() {
		return this.mostKeys;
	}

	Places places() {
		return this.places;
	}

	/**
	 * {@return the exemptions and overrides that fit no key, by the sources that were
	 * read}
	 */
	Coverage coverage(Exemptions exemptions, Policy policy) {
		if (this.coverage == null) {
			this.coverage = new Coverage(exemptions, policy);
		}
		return this.coverage;
	}

	/**
	 * {@return the same; null: no source was read}
	 */
	@Nullable Coverage coverage() {
		return this.coverage;
	}

	void tablesAreThere() {
		this.tablesAreThere = true;
	}

	boolean hasTables() {
		return this.tablesAreThere;
	}

}
