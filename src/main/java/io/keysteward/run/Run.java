package io.keysteward.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One pass of the job, as it is stored. Instants are UTC.
 *
 * @param id the row's id; grows from run to run
 * @param key the name by which it is started and continued
 * @param asOf the one instant against which everything is judged
 * @param mode whether sources may be changed
 * @param trigger {@code schedule} or {@code manual}
 * @param requestedBy who started it first
 * @param policySha256 of the policy document's canonical text
 * @param policy the effective policy and the source definitions
 * @param exemptionsSha256 of the exemptions' text; null where it cannot be read
 * @param sources the ids of the sources that it reads
 * @param projects the projects to which it is narrowed; empty: all
 * @param narrowed whether it reads less than everything, and so is no baseline
 * @param baselineId the run that its changes are counted from; null: there is none
 * @param keeps which of the keys that it read are stored
 * @param status how it stands
 * @param startedAt when it first started
 * @param finishedAt when it last ended; null while it runs
 * @param totals the control totals; null until findings are reconciled
 * @param reports what was written of it, by the words of their formats; none until then
 * @param fault why it failed, in one line; null where it did not
 */
public record Run(long id, String key, Instant asOf, RunMode mode, String trigger, String requestedBy,
		String policySha256, PolicyDocument policy, @Nullable String exemptionsSha256, List<String> sources,
		List<String> projects, boolean narrowed, @Nullable Long baselineId, InventoryScope keeps, RunStatus status,
		Instant startedAt, @Nullable Instant finishedAt, @Nullable Totals totals, List<StoredReport> reports,
		@Nullable String fault) {

	/**
	 * {@return its report of a format, if it was ever written}
	 */
	public Optional<StoredReport> report(String format) {
		return this.reports.stream().filter((report) -> report.format().equals(format)).findFirst();
	}

	/**
	 * {@return where its reports are, those that were not removed}
	 */
	public List<String> reportPaths() {
		return this.reports.stream().map(StoredReport::path).filter(Objects::nonNull).toList();
	}

	/**
	 * {@return the key, and before it the day of the as-of (UTC) where it does not name
	 * it itself: the name of a Job says no day}
	 * @param separator between them
	 */
	public String dated(String separator) {
		return dated(this.key, this.asOf, separator);
	}

	/**
	 * {@return the same of a run that is not stored yet}
	 */
	public static String dated(String key, Instant asOf, String separator) {
		String day = LocalDate.ofInstant(asOf, ZoneOffset.UTC).toString();
		return key.contains(day) ? key : day + separator + key;
	}

}
