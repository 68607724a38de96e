package io.keysteward.cli;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Who started this process: a schedule or a person, as far as the environment tells.
 *
 * @param trigger {@code schedule} or {@code manual}
 * @param requestedBy the person or the schedule
 * @param named whether {@code requestedBy} names a person
 */
record StartedBy(String trigger, String requestedBy, boolean named) {

	static final String NAME = "KEYSTEWARD_REQUESTED_BY";

	private static final String TRIGGER = "KEYSTEWARD_TRIGGER";

	private static final String CRONJOB = "KEYSTEWARD_CRONJOB";

	private static final String SCHEDULE = "schedule";

	private static final String MANUAL = "manual";

	/** Placeholders in manifests for a person's name. */
	private static final Pattern PLACEHOLDER = Pattern.compile("<.*>|kubectl apply");

	/**
	 * A CronJob names its Jobs by the minutes since 1970; a date such as 20261128, which
	 * a person may write, is a smaller number.
	 */
	private static final Pattern MINUTES = Pattern.compile("-(29[4-9]\\d{5}|[3-9]\\d{7})");

	/**
	 * {@return who started this process}
	 * @param runKey the run's key, which on Kubernetes is the Job's name
	 */
	static StartedBy of(@Nullable String runKey) {
		return of(System.getenv(), System.getProperty("user.name", ""), runKey);
	}

	static StartedBy of(Map<String, String> environment, String user, @Nullable String runKey) {
		String name = environment.getOrDefault(NAME, "").strip();
		if (PLACEHOLDER.matcher(name).matches()) {
			throw Failure.configuration(NAME + ": '" + name + "' is not a person's name; " + advice());
		}
		String cronJob = environment.getOrDefault(CRONJOB, "").strip();
		if (!name.isEmpty()) {
			return new StartedBy(trigger(environment), name, true);
		}
		if (!cronJob.isEmpty()) {
			return ofJob(cronJob, String.valueOf(runKey));
		}
		// Java calls a user without an entry in passwd "?".
		boolean named = !user.isBlank() && !user.equals("?");
		return new StartedBy(trigger(environment), named ? user : "unknown", named);
	}

	/**
	 * A Job that a person created from the CronJob differs from a scheduled one only by
	 * its name.
	 */
	private static StartedBy ofJob(String cronJob, String job) {
		boolean scheduled = job.startsWith(cronJob) && MINUTES.matcher(job.substring(cronJob.length())).matches();
		return scheduled ? new StartedBy(SCHEDULE, "CronJob " + cronJob, false)
				: new StartedBy(MANUAL, "Job " + job, false);
	}

	private static String trigger(Map<String, String> environment) {
		String trigger = Optional.of(environment.getOrDefault(TRIGGER, "").strip())
			.filter((given) -> !given.isEmpty())
			.orElse(MANUAL);
		if (!trigger.equals(MANUAL) && !trigger.equals(SCHEDULE)) {
			throw Failure.configuration(TRIGGER + ": '" + trigger + "' is not allowed; it must be schedule or manual");
		}
		return trigger;
	}

	/**
	 * Refuses to switch keys by hand for a person without a name.
	 * @param what the action, for the message
	 */
	StartedBy requireNamed(String what) {
		if (this.trigger.equals(MANUAL) && !this.named) {
			throw Failure.configuration(NAME + ": is not set, and " + what + " by hand is recorded under the name of"
					+ " a person; " + advice());
		}
		return this;
	}

	private static String advice() {
		return "write the name of who asks for this, such as jonas.weber@example.com";
	}

}
