package io.keysteward.config;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.context.ApplicationContext;

/**
 * Checks each part that a run needs, one by one, and changes nothing.
 */
public final class Readiness {

	/** In this order, since some use the results of earlier ones. */
	private static final Map<String, Class<? extends ReadinessCheck>> PARTS = parts();

	private final ApplicationContext context;

	/**
	 * Prepares the check.
	 * @param context makes each bean on demand, so that a part that fails does not stop
	 * the others
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
		parts.put("channels", ChannelsCheck.class);
		parts.put("metrics", MetricsCheck.class);
		return parts;
	}

	/**
	 * Checks every part.
	 * @param listener gets each result
	 * @param mostKeys the most keys to read of each source, rounded up to blocks
	 */
	public void check(Listener listener, long mostKeys) {
		Trial trial = new Trial(listener, mostKeys);
		PARTS.forEach((part, type) -> trial.attempt(part,
				() -> this.context.getAutowireCapableBeanFactory().createBean(type).check(trial)));
	}

	/** Gets the result of each part. */
	public interface Listener {

		/** The part passed. */
		void passed(String part, String what);

		/** The part works, and should be corrected all the same. */
		void warned(String part, String line);

		/** The part would fail a run. */
		void failed(String part, Throwable cause);

	}

}
