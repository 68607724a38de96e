package io.keysteward.config;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.context.ApplicationContext;

/**
 * Tries each part that a run needs, one by one, and changes nothing.
 */
public final class Readiness {

	/** In this order: some go by what those before them have found out. */
	private static final Map<String, Class<? extends ReadinessCheck>> PARTS = parts();

	private final ApplicationContext context;

	/**
	 * Prepares the check.
	 * @param context one that makes each part when it is asked for: a part that fails
	 * must not keep the others from being tried
	 */
	public Readiness(ApplicationContext context) {
		this.context = context;
	}

	private static Map<String, Class<? extends ReadinessCheck>> parts() {
		Map<String, Class<? extends ReadinessCheck>> parts = new LinkedHashMap<>();
		parts.put("configuration", ConfigurationCheck.class);
		parts.put(Trial.DATABASE, DatabaseCheck.class);
		parts.put("tables' owner", TablesOwnerCheck.class);
		parts.put("transport", TransportCheck.class);
		parts.put(Trial.POLICY, PolicyCheck.class);
		parts.put("sources", SourcesCheck.class);
		parts.put("clock", ClockCheck.class);
		parts.put("exemptions", ExemptionsCheck.class);
		parts.put("coverage", CoverageCheck.class);
		parts.put("inventory", InventoryCheck.class);
		parts.put("report directory", ReportCheck.class);
		parts.put("mail", MailCheck.class);
		parts.put("metrics", MetricsCheck.class);
		return parts;
	}

	/**
	 * Tries everything.
	 * @param listener hears of each part
	 * @param mostKeys no more keys of each source than this are read, rounded up to
	 * blocks
	 */
	public void check(Listener listener, long mostKeys) {
		Trial trial = new Trial(listener, mostKeys);
		PARTS.forEach((part, type) -> trial.attempt(part,
				() -> this.context.getAutowireCapableBeanFactory().createBean(type).check(trial)));
	}

	/** Hears of each part that was tried. */
	public interface Listener {

		/** The part is well; says what was seen. */
		void passed(String part, String what);

		/** It works, and should be corrected all the same. */
		void warned(String part, String line);

		/** The part would fail tonight. */
		void failed(String part, Throwable cause);

	}

}
